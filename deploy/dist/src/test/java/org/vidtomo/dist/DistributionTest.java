package org.vidtomo.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.Programs;
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
      assertThat(up.hasArgument("-Xmx768m")).isTrue();
      assertAgentMeasures(
          Unpacked.home().resolve("vidtomo"), System.getenv("PATH"), enrol, site.isps().get(0));
      Optional<Path> image = Unpacked.agentImage();
      if (image.isPresent()) {
        // Its own Java: that of this machine is not looked for.
        String path = directoryWithout("java").toString();
        assertAgentMeasures(image.get(), path, enrol, site.isps().get(1));
      } else {
        Programs.notTried("the agent's image against an installation", "image on this machine");
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

  /** Enrols with this launcher, measures with an agent of it, and ends it. */
  private void assertAgentMeasures(Path launcher, String path, String enrol, IspView isp)
      throws Exception {
    environment.put("VIDTOMO_DATA", TempDirectories.create("agent").toString());
    environment.put("PATH", path);
    environment.put("VIDTOMO_AGENT_LISTEN", "127.0.0.1:" + Ports.free());
    environment.put("VIDTOMO_AGENT_HEARTBEAT", "1s");
    List<String> words = Programs.command(launcher.toString(), enrol.split(" "));
    words.addAll(List.of("--yes", "--provider", isp.name()));
    Programs.Ended enrolled = Programs.run(words, TempDirectories.create("work"), environment);
    assertThat(enrolled.exit()).as(enrolled.out() + enrolled.err()).isZero();
    try (Running agent = Running.start(agentCommand(launcher, isp), environment)) {
      agent.awaitOutput("agent started");
      assertThat(agent.hasArgument("-Xmx128m")).isTrue();
      assertThat(agent.hasVariable("MALLOC_ARENA_MAX=2")).isTrue();
      environment.remove("VIDTOMO_DATA");
      environment.remove("PATH");
      assertThat(submitted(isp.name())).contains("\"done\":1").contains("\"ok\":1");
      assertThat(metrics())
          .containsPattern("vidtomo_agent_measurements_total\\{[^}]*outcome=\"ok\"[^}]*} 1\\.0");
      assertThat(agent.end()).as(agent.output()).isZero();
    }
  }

  private String metrics() throws Exception {
    URI uri = URI.create("http://" + environment.get("VIDTOMO_AGENT_LISTEN") + "/metrics");
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** A campaign of one task for the agents of a provider, watched to its end. */
  private String submitted(String provider) throws Exception {
    String video = site.seeds().get(0).toString();
    List<String> options =
        List.of("--resolver", "system", "-D", "1s", "-n", "1", "-R", "--provider-filter", provider);
    List<String> words = new ArrayList<>(List.of("submit", "--watch", "--json"));
    words.addAll(options);
    words.add(video);
    return done(words.toArray(String[]::new));
  }

  private static List<String> agentCommand(Path launcher, IspView isp) {
    return Programs.command(
        launcher.toString(),
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
