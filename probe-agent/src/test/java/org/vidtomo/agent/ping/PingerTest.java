package org.vidtomo.agent.ping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;

class PingerTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static List<Ping> ping(AddressGuard guard, int port, int packets) {
    return new Pinger(guard, Optional.empty(), System::nanoTime)
        .ping(
            List.of(new PingTarget(LOOPBACK, "localhost", port)),
            packets,
            Deadline.after(System::nanoTime, Duration.ofSeconds(20)));
  }

  private static Ping tcp(List<Ping> pings) {
    return pings.stream()
        .filter(p -> p.packetType() == PacketType.TCP_SYN)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void listeningPort_answersEachSyn() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
      long start = System.nanoTime();
      Ping ping = tcp(ping(AddressGuard.ALL, server.getLocalPort(), 4));
      assertThat(ping.sent()).isEqualTo(4);
      assertThat(ping.received()).isEqualTo(4);
      assertThat(ping.lossRatio()).isZero();
      assertThat(ping.failure()).isEmpty();
      assertThat(ping.minMicros().orElseThrow()).isPositive();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("200 ms apart")
          .isGreaterThanOrEqualTo(Duration.ofMillis(600));
    }
  }

  @Test
  void refusal_isAReplyAndSaid() throws IOException {
    int port;
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
      port = server.getLocalPort();
    }
    Ping ping = tcp(ping(AddressGuard.ALL, port, 2));
    assertThat(ping.received()).isEqualTo(2);
    assertThat(ping.failure().map(f -> f.kind())).contains(FailureKind.CONNECTION_REFUSED);
  }

  @Test
  void guardedAddress_getsNoPacket() {
    List<Ping> pings =
        ping(
            address -> {
              throw new RefusedException(FailureKind.PRIVATE_ADDRESS, "not public");
            },
            9,
            3);
    assertThat(pings).hasSize(1);
    assertThat(pings.get(0).sent()).isZero();
    assertThat(pings.get(0).lossRatio()).isEqualTo(1);
    assertThat(pings.get(0).failure().map(f -> f.kind())).contains(FailureKind.PRIVATE_ADDRESS);
  }

  @Test
  void noPackets_noSamples() {
    assertThat(ping(AddressGuard.ALL, 9, 0)).isEmpty();
  }

  @Test
  void programs_areStartedOneAfterAnother() {
    List<PingTarget> many =
        IntStream.rangeClosed(1, Pinger.MAX_ADDRESSES)
            .mapToObj(i -> new PingTarget(address(i), "h.example", 9))
            .toList();
    CompletableFuture<Void> pings =
        CompletableFuture.runAsync(
            () -> {
              for (int round = 0; round < 10; round++) {
                new Pinger(AddressGuard.ALL, Optional.empty(), System::nanoTime)
                    .ping(many, 1, Deadline.after(System::nanoTime, Duration.ofSeconds(20)));
              }
            });
    long most = 0;
    while (!pings.isDone()) {
      most = Math.max(most, starting());
    }
    assertThat(pings).isCompleted();
    assertThat(most).isEqualTo(1);
  }

  /** How many programs are being started for pings just now. */
  private static long starting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("vidtomo-ping"))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .filter(frame -> frame.getMethodName().equals("forkAndExec"))
        .count();
  }

  @Test
  void ninthAddress_getsNoPacket() {
    AtomicInteger asked = new AtomicInteger();
    List<PingTarget> many =
        IntStream.range(1, 12).mapToObj(i -> new PingTarget(address(i), "h.example", 9)).toList();
    List<Ping> pings =
        new Pinger(
                address -> {
                  asked.incrementAndGet();
                  throw new RefusedException(FailureKind.PRIVATE_ADDRESS, "not public");
                },
                Optional.empty(),
                System::nanoTime)
            .ping(many, 1, Deadline.after(System::nanoTime, Duration.ofSeconds(20)));
    assertThat(pings).extracting(Ping::address).endsWith("127.0.9.8").hasSize(8);
    assertThat(asked).hasValue(8);
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 9, (byte) last});
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
