package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineTrafficTest {
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final String HEAD =
      """
      Inter-|   Receive                                                |  Transmit
       face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs
      """;

  @TempDir Path directory;

  @Test
  void busierDirectionOfTheBusiestInterface_isTold_withoutLoopback() throws Exception {
    OptionalLong rate =
        looked(
            lines("lo", 0, 0) + lines("eth0", 1_000, 2_000) + lines("docker0:1", 0, 5),
            lines("lo", 9_000_000, 0) + lines("eth0", 1_100, 152_000) + lines("docker0:1", 9, 5));

    // 150,000 bytes in about 0.3 s.
    assertThat(rate.getAsLong()).isBetween(2_000_000L, 4_100_000L);
  }

  @Test
  void countersThatWereSetBack_andInterfacesThatCame_areNoTraffic() throws Exception {
    assertThat(looked(lines("eth0", 9_000, 9_000), lines("eth0", 5, 5) + lines("usb0", 9, 9_999)))
        .hasValue(0);
  }

  @Test
  void whatIsNoTableOfCounters_tellsNothing() throws Exception {
    assertThat(looked("", "")).isEmpty();
    assertThat(looked("eth0: many bytes of all of them and more of them\n", "eth0\n")).isEmpty();
    assertThat(new LineTraffic(directory.resolve("none")).bitsPerSecond(LOOK)).isEmpty();
  }

  @Test
  void trafficWithinThisMachine_isNotTheLines() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        Socket client = new Socket(loopback, server.getLocalPort());
        Socket served = server.accept()) {
      CompletableFuture<OptionalLong> rate = CompletableFuture.supplyAsync(this::ofThisMachine);
      byte[] bytes = new byte[64 * 1024];
      for (int sent = 0; sent < 16 << 20; sent += bytes.length) {
        client.getOutputStream().write(bytes);
        served.getInputStream().readNBytes(bytes.length);
      }
      OptionalLong told = rate.get(10, TimeUnit.SECONDS);
      assertThat(told.orElse(0)).isLessThan(100_000_000L);
    }
  }

  private OptionalLong ofThisMachine() {
    try {
      return new LineTraffic().bitsPerSecond(LOOK);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private OptionalLong looked(String before, String after) throws Exception {
    Path file = Files.writeString(directory.resolve("dev"), HEAD + before);
    CompletableFuture<Void> changed =
        CompletableFuture.runAsync(
            () -> write(file, HEAD + after),
            CompletableFuture.delayedExecutor(LOOK.toMillis() / 3, TimeUnit.MILLISECONDS));
    OptionalLong rate = new LineTraffic(file).bitsPerSecond(LOOK);
    changed.get(10, TimeUnit.SECONDS);
    return rate;
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String lines(String name, long received, long sent) {
    return "%8s: %d 1 0 0 0 0 0 0 %d 1 0 0 0 0 0 0%n".formatted(name, received, sent);
  }
}
