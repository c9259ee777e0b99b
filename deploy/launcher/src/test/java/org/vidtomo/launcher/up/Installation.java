package org.vidtomo.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.launcher.Main;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.Ports;

/** {@code vidtomo up} as a process, and commands as processes of the same user. */
final class Installation implements AutoCloseable {
  static final Duration START = Duration.ofSeconds(90);

  private static final Pattern ENROL = Pattern.compile("\\./vidtomo (agent enroll .*)");

  final int coordinator = Ports.free();
  final int dashboard = Ports.free();
  final int broker = Ports.free();
  private final Path home;
  private final List<ChildJvm> processes = new ArrayList<>();

  /** An installation of a user with this home directory. */
  Installation(Path home) {
    this.home = home;
  }

  /** Starts it on this address and waits until it says that it is up. */
  ChildJvm up(String host, String... arguments) {
    ChildJvm up = begin(host, arguments);
    await()
        .atMost(START)
        .until(() -> up.output().contains("./vidtomo invite makes another") || !up.isAlive());
    assertThat(up.isAlive()).as(up.output()).isTrue();
    return up;
  }

  /** Starts it. */
  ChildJvm begin(String host, String... arguments) {
    Map<String, String> ports =
        Map.of(
            "VIDTOMO_COORDINATOR_LISTEN", host + ":" + coordinator,
            "VIDTOMO_DASHBOARD_LISTEN", host + ":" + dashboard,
            "VIDTOMO_BROKER_LISTEN", host + ":" + broker,
            "VIDTOMO_DASHBOARD_BEAT", "1s");
    return start("768m", ports, join("up", arguments));
  }

  /** A command in the background. */
  ChildJvm command(Map<String, String> environment, String... arguments) {
    return start("256m", environment, arguments);
  }

  /** A command to its end, which must be a good one; what it printed. */
  String done(String... arguments) {
    return ended(0, arguments);
  }

  /** A command to its end, which must be with this exit code; what it printed. */
  String ended(int exit, String... arguments) {
    try (ChildJvm command = command(Map.of(), arguments)) {
      assertThat(command.awaitExit(START)).as(command.output()).isEqualTo(exit);
      return command.output();
    }
  }

  /** The command that {@code up} prints for volunteers, and what is added to it. */
  static String[] enrolLine(ChildJvm up, String... added) {
    Matcher line = ENROL.matcher(up.output());
    assertThat(line.find()).as(up.output()).isTrue();
    List<String> words = new ArrayList<>(Arrays.asList(line.group(1).split(" ")));
    words.addAll(List.of(added));
    return words.toArray(String[]::new);
  }

  private ChildJvm start(String heap, Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("VIDTOMO_LOG_LEVEL", "INFO");
    ChildJvm process =
        ChildJvm.start(
            Main.class, ChildJvm.quick("-Xmx" + heap, "-Duser.home=" + home), all, arguments);
    processes.add(process);
    return process;
  }

  private static String[] join(String first, String... rest) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(rest));
    return all.toArray(String[]::new);
  }

  @Override
  public void close() {
    processes.forEach(ChildJvm::close);
  }
}
