package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.TempDirectories;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/** What was unpacked does its work, with nothing of the source checkout in reach. */
class DistributionTest {
  private static TestSite site;

  private final Map<String, String> environment = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    site = TestSite.start(TestSiteSettings.defaults());
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void installation_from_the_archive_measures_with_an_agent_of_128_MB() throws Exception {
    Path home = TempDirectories.create("dist-home");
    environment.put("JAVA_TOOL_OPTIONS", "-Duser.home=" + home + " -XX:TieredStopAtLevel=1");
    environment.put("VIDTOMO_COORDINATOR_LISTEN", "127.0.0.1:" + Ports.free());
    environment.put("VIDTOMO_DASHBOARD_LISTEN", "127.0.0.1:" + Ports.free());
    environment.put("VIDTOMO_BROKER_LISTEN", "127.0.0.1:" + Ports.free());
    try (Running up = Running.start(vidtomo("up"), environment)) {
      String enrol = up.awaitOutput("\\./vidtomo (agent enroll [^\\n]*)").group(1);
      List<String> words = new ArrayList<>(Arrays.asList(enrol.split(" ")));
      words.addAll(List.of("--provider", "Copperline"));
      done(words.toArray(String[]::new));
      assertThat(up.hasArgument("-Xmx768m")).isTrue();

      try (Running agent = Running.start(agentCommand(), environment)) {
        agent.awaitOutput("agent started");
        assertThat(agent.hasArgument("-Xmx128m")).isTrue();
        assertThat(submitted()).contains("\"done\":1").contains("\"ok\":1");
        assertThat(agent.end()).as(agent.output()).isZero();
      }
      assertThat(done("dead", "list")).contains("there are no dead letters");
      assertThat(up.end()).as(up.output()).isZero();
    }
  }

  @Test
  void version_and_help_need_nothing_but_java() throws Exception {
    assertThat(done("--version")).contains("vidtomo");
    assertThat(done("help", "agent")).contains("enroll");
    assertThat(Files.exists(Unpacked.home().resolve("deploy/launcher/target"))).isFalse();
  }

  @Test
  void launcher_without_java_says_what_to_install() throws Exception {
    Programs.Ended ended =
        Programs.run(
            List.of("/bin/sh", Unpacked.home().resolve("vidtomo").toString(), "--version"),
            Unpacked.home(),
            Map.of("PATH", directoryWithout("java").toString()));

    assertThat(ended.exit()).isEqualTo(1);
    assertThat(ended.err()).contains("no Java found").contains("JAVA_HOME");
  }

  /** A PATH with the programs that launchers use, and none besides. */
  static Path directoryWithout(String program) throws Exception {
    Path directory = TempDirectories.create("path-without-" + program);
    for (String name : List.of("sh", "sed", "dirname", "readlink", "cut", "id", "stty")) {
      Files.createSymbolicLink(directory.resolve(name), Programs.find(name).orElseThrow());
    }
    return directory;
  }

  private String submitted() throws Exception {
    String video = site.seeds().get(0).toString();
    return done(
        "submit", "--watch", "--json", "--resolver", "system", "-D", "1s", "-n", "1", "-R", video);
  }

  private List<String> agentCommand() {
    IspView isp = site.isps().get(0);
    environment.put("VIDTOMO_AGENT_LISTEN", "127.0.0.1:0");
    environment.put("VIDTOMO_AGENT_HEARTBEAT", "1s");
    return vidtomo(
        "agent",
        "--bind-address",
        isp.clientAddresses().get(0).getHostAddress(),
        "--system-resolver",
        isp.systemResolver().getAddress().getHostAddress() + ":" + isp.systemResolver().getPort(),
        "--allow-private",
        "--any-site");
  }

  private String done(String... arguments) throws Exception {
    Programs.Ended ended =
        Programs.run(vidtomo(arguments), TempDirectories.create("work"), environment);
    assertThat(ended.exit()).as("%s: %s%s", List.of(arguments), ended.out(), ended.err()).isZero();
    return ended.out() + ended.err();
  }

  private static List<String> vidtomo(String... arguments) {
    return Programs.command(Unpacked.home().resolve("vidtomo").toString(), arguments);
  }
}
