package org.vidtomo.launcher.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vidtomo.launcher.Main;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.ShapedLink;
import org.vidtomo.testkit.TempDirectories;

/**
 * Enrolling in a network namespace of its own, whose interfaces count: before its owner has agreed
 * nothing is sent, not even to loopback, and no key is made.
 */
class NoPacketBeforeConsentTest {
  private static final long LIMIT_SECONDS = 60;

  private final Path data = TempDirectories.create("no-packet").resolve("agent");
  private ShapedLink link;

  /** What came of the command. */
  private record Ended(int exit, String output, long packets) {}

  @BeforeEach
  void open() throws Exception {
    link = ShapedLink.open();
    // What the kernel itself says on a new link would be counted too.
    inNamespace("", "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
  }

  @AfterEach
  void close() {
    link.close();
  }

  @Test
  void nothing_is_sent_before_the_owner_has_agreed() throws Exception {
    Ended asked = enrol("");
    assertThat(asked.exit()).as(asked.output()).isEqualTo(2);
    assertThat(asked.output())
        .contains("youtube.com")
        .contains("2.00 GB a day")
        .contains("agent erase")
        .contains("--yes");
    assertThat(asked.packets()).isZero();
    assertThat(files()).isEmpty();

    Ended refused = onTerminal("n\n");
    assertThat(refused.exit()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output()).contains("Enrol this machine? [y/N]").contains("not enrolled");
    assertThat(refused.packets()).isZero();
    assertThat(files()).isEmpty();

    Ended agreed = onTerminal("y\n");
    assertThat(agreed.exit()).as(agreed.output()).isEqualTo(1);
    assertThat(agreed.packets()).as("packets after consent").isPositive();
    assertThat(files()).contains("consent.json");
    System.out.printf(
        "packets before consent: without an answer %d, refused %d; once agreed %d%n",
        asked.packets(), refused.packets(), agreed.packets());
  }

  private Ended onTerminal(String typed) throws Exception {
    String line = String.join(" ", command().stream().map(word -> "'" + word + "'").toList());
    return run(typed, "script", "-qec", line, "/dev/null");
  }

  private Ended enrol(String typed) throws Exception {
    return run(typed, command().toArray(String[]::new));
  }

  /** Nobody answers at the other end; to see that, packets must be sent. */
  private List<String> command() {
    return ChildJvm.command(
        Main.class,
        ChildJvm.quick(),
        "agent",
        "enroll",
        "--data",
        data.toString(),
        "--coordinator",
        "https://" + ShapedLink.SERVER_ADDRESS + ":8081",
        "--invite",
        "inv1te");
  }

  private Ended run(String typed, String... command) throws Exception {
    long before = packets();
    Ended ended = inNamespace(typed, command);
    return new Ended(ended.exit(), ended.output(), packets() - before);
  }

  private Ended inNamespace(String typed, String... command) throws Exception {
    List<String> words = new ArrayList<>(link.inClient());
    words.addAll(List.of(command));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(typed.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as(output).isTrue();
    return new Ended(process.exitValue(), output, 0);
  }

  /** Sent by all interfaces of the namespace; the counters are of its own /proc. */
  private long packets() throws Exception {
    String table = inNamespace("", "cat", "/proc/net/dev").output();
    return table
        .lines()
        .skip(2)
        .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
        .mapToLong(numbers -> Long.parseLong(numbers[9]))
        .sum();
  }

  private List<String> files() throws IOException {
    if (!Files.exists(data)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(data)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }
}
