package org.vidtomo.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.Ports;
import org.vidtomo.testkit.TempDirectories;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/** An installation as its operator and a volunteer on the same machine use it. */
class UpTest {
  private static final Duration MEASURED = Duration.ofSeconds(120);

  private static TestSite site;

  @BeforeAll
  static void start() throws Exception {
    site = TestSite.start(TestSiteSettings.defaults());
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void newcomer_enrols_submits_and_compares_without_a_flag() throws Exception {
    Path home = TempDirectories.create("up-home");
    try (Installation installation = new Installation(home)) {
      ChildJvm up = installation.up("127.0.0.1");
      assertSecondOneIsRefused(installation);
      installation.done(Installation.enrolLine(up, "--provider", "Copperline", "--yes"));
      ChildJvm agent = agent(installation);

      String watched = submit(installation, agent);
      assertThat(watched).contains("\"planned\":2").contains("\"done\":2");
      await()
          .atMost(MEASURED)
          .untilAsserted(
              () ->
                  assertThat(installation.done("compare", "--metric", "goodput"))
                      .contains("Copperline"));
      assertMetricsAreServed(installation);
      assertListIsLookedAtFirst(installation, home);
      assertInvitesAreListedAndTakenBack(installation);
      assertThat(installation.done("dead", "list")).contains("there are no dead letters");
      assertCampaignsAreSteered(installation);

      agent.terminate();
      assertEndsCleanly(up, installation, home);
      assertStaleEndpointsAreExplained(installation);
    }
  }

  @Test
  void volunteer_needs_but_the_printed_line_to_trust_an_installation_that_is_open_to_others()
      throws Exception {
    Path home = TempDirectories.create("up-open");
    try (Installation installation = new Installation(home)) {
      ChildJvm up = installation.up("127.0.0.1", "--listen", "127.0.0.1");
      assertThat(up.output()).contains("https://127.0.0.1:" + installation.dashboard);
      assertWrongFingerprintIsRefused(installation, up);
      ChildJvm campaign = submitted(installation);
      long began = System.nanoTime();
      installation.done(Installation.enrolLine(up, "--provider", "Copperline", "-x", "--yes"));
      ChildJvm agent = agent(installation);
      await()
          .atMost(MEASURED)
          .until(() -> agent.output().contains("outcome=ok") || !agent.isAlive());
      System.out.printf(
          Locale.ROOT,
          "a volunteer's two commands: enrolled over TLS and measured in %.1f s%n",
          (System.nanoTime() - began) / 1e9);
      assertThat(home.resolve(".vidtomo/agent/agent.json")).content().contains("\"amqps://");
      assertThat(home.resolve(".vidtomo/agent/consent.json"))
          .content()
          .contains("\"anonymous\":true");

      assertThat(campaign.awaitExit(MEASURED)).as(campaign.output()).isZero();
      assertThat(campaign.output()).contains("\"done\":2");
      await()
          .atMost(MEASURED)
          .untilAsserted(
              () ->
                  assertThat(installation.done("compare", "--metric", "goodput"))
                      .contains("Copperline"));
      assertThat(agent.output()).doesNotContain("does not say what it sees");
      agent.terminate();
      assertThat(agent.awaitExit(Installation.START)).isZero();
      assertEndsSoonWhileItMeasures(installation, home);
      assertIsErasedHereAndThere(installation, home);
      assertEndsCleanly(up, installation, home);
    }
  }

  /** How soon is printed: a machine that does much else may take longer than the two seconds. */
  private static void assertEndsSoonWhileItMeasures(Installation installation, Path home) {
    // Its slowest line takes twenty seconds for the wide video.
    ChildJvm agent = agent(installation, site.isps().get(2));
    installation.done(
        "submit", "--resolver", "system", "-n", "1", "-R", site.seeds().get(6).toString());
    Path status = home.resolve(".vidtomo/agent/status.json");
    await().atMost(MEASURED).until(() -> Files.readString(status).contains("\"measuring\":{"));
    long began = System.nanoTime();
    agent.terminate();
    assertThat(agent.awaitExit(Duration.ofSeconds(8))).as(agent.output()).isZero();
    long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
    System.out.printf("an agent that measures ends %d ms after SIGTERM%n", millis);
    assertThat(millis).as(agent.output()).isLessThan(5_000);
  }

  private static void assertIsErasedHereAndThere(Installation installation, Path home)
      throws Exception {
    Path directory = home.resolve(".vidtomo/agent");
    Files.writeString(directory.resolve("policy.properties"), "bytes-per-day = 1GB\n");
    assertThat(installation.ended(2, "agent", "erase")).contains("--yes");
    String erased = installation.done("agent", "erase", "--yes");
    assertThat(erased).containsPattern("at the coordinator [2-9] reports are deleted\\R");
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(directory.resolve("policy.properties"));
    }
    await()
        .atMost(MEASURED)
        .untilAsserted(
            () ->
                assertThat(installation.done("compare", "--metric", "goodput"))
                    .doesNotContain("Copperline"));
    System.out.println("erased here and there: " + erased.replaceAll("\\s+", " "));
  }

  private static void assertWrongFingerprintIsRefused(Installation installation, ChildJvm up) {
    String[] line = Installation.enrolLine(up, "--yes");
    int at = line.length - 2;
    char last = line[at].charAt(line[at].length() - 1) == 'A' ? 'E' : 'A';
    line[at] = line[at].substring(0, line[at].length() - 1) + last;
    try (ChildJvm refused = installation.command(Map.of(), line)) {
      assertThat(refused.awaitExit(Installation.START)).as(refused.output()).isEqualTo(1);
      assertThat(refused.output()).contains("none of its certificates has the expected");
    }
  }

  @Test
  void installation_that_is_told_to_end_while_it_starts_leaves_nothing_running() {
    try (Installation installation = new Installation(TempDirectories.create("up-ended"))) {
      ChildJvm up = installation.begin("127.0.0.1");
      ProcessHandle process = ProcessHandle.of(up.pid()).orElseThrow();
      await().atMost(Installation.START).until(() -> process.children().findAny().isPresent());
      List<ProcessHandle> children = process.children().toList();

      up.terminate();
      assertThat(up.awaitExit(Installation.START)).as(up.output()).isZero();
      assertThat(up.output()).doesNotContain("Exception");
      await().atMost(Installation.START).until(() -> children.stream().noneMatch(c -> c.isAlive()));
    }
  }

  @Test
  void port_that_is_taken_is_named_with_its_setting_before_anything_starts() throws Exception {
    Path home = TempDirectories.create("up-busy");
    try (Installation installation = new Installation(home);
        ServerSocket taken =
            new ServerSocket(installation.dashboard, 1, InetAddress.getByName("127.0.0.1"))) {
      ChildJvm up = installation.begin("127.0.0.1");

      assertThat(up.awaitExit(Installation.START)).as(up.output()).isEqualTo(2);
      assertThat(up.output())
          .contains("127.0.0.1:" + taken.getLocalPort())
          .contains("VIDTOMO_DASHBOARD_LISTEN");
      assertThat(home.resolve(".vidtomo")).doesNotExist();
    }
  }

  /** One process, one list of metrics: all roles' are in it. */
  private static void assertMetricsAreServed(Installation installation) throws Exception {
    HttpRequest asked =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + installation.dashboard + "/metrics"))
            .build();
    String served =
        HttpClient.newHttpClient().send(asked, HttpResponse.BodyHandlers.ofString()).body();
    assertThat(MonitoringFiles.served(served)).containsAll(MonitoringFiles.metrics());
  }

  private static void assertSecondOneIsRefused(Installation installation) {
    ChildJvm second =
        installation.begin("127.0.0.1", "--data", TempDirectories.create("second").toString());
    assertThat(second.awaitExit(Installation.START)).as(second.output()).isEqualTo(2);
    assertThat(second.output()).contains("runs already").contains("VIDTOMO_ENDPOINTS_FILE");
  }

  private static void assertListIsLookedAtFirst(Installation installation, Path home)
      throws IOException {
    Path list = home.resolve("list.txt");
    Files.writeString(list, "# evening\nhttp://v.example.org/1\n\nhttp://v.example.org/1\n");
    assertThat(installation.done("submit", "--dry-run", "-R", list.toString()))
        .contains("1 tasks, at most 100.0 MB")
        .contains("1 comments: line 1")
        .contains("1 blank: line 3")
        .contains("1 duplicates: line 4");
    assertThat(installation.done("submit", "--dry-run", "-r", "2", "-p", "6", list.toString()))
        .contains("over related links: 7");
    Files.writeString(list, "http://v.example.org/1\nnonsense\n");
    assertThat(installation.ended(1, "submit", list.toString())).contains("line 2: \"nonsense\"");
    assertThat(installation.ended(2, "submit", "--any-site", list.toString()))
        .contains("local to a measuring machine");
  }

  private static void assertInvitesAreListedAndTakenBack(Installation installation) {
    installation.done("invite", "--uses", "3", "--provider", "Fibrelink");
    String id =
        installation
            .done("invite", "list")
            .lines()
            .filter(line -> line.contains("3 left") && line.endsWith("Fibrelink"))
            .findFirst()
            .orElseThrow()
            .substring(0, 64);
    assertThat(installation.done("invite", "revoke", id)).isBlank();
    assertThat(installation.done("invite", "list")).doesNotContain(id);
    assertThat(installation.ended(1, "invite", "revoke", id)).contains("no invite");
    assertThat(installation.ended(2, "invite", "revoke", "x")).contains("invite list");
  }

  private static void assertCampaignsAreSteered(Installation installation) {
    assertThat(installation.done("submit", "--provider-filter", "Nobody", "http://v.example.org/"))
        .isNotBlank();
    String waiting =
        installation
            .done("campaign", "list")
            .lines()
            .filter(line -> line.contains("waiting"))
            .findFirst()
            .orElseThrow()
            .substring(0, 8);
    assertThat(installation.done("campaign", "pause", waiting)).contains("paused");
    assertThat(installation.done("campaign", "resume", waiting)).contains("waiting");
    assertThat(installation.done("campaign", "cancel", waiting)).contains("cancelled");
    assertThat(installation.ended(1, "campaign", "pause", waiting))
        .contains("it cannot become paused");
    assertThat(installation.ended(2, "campaign", "show", "x")).contains("campaign list");
  }

  private static String submit(Installation installation, ChildJvm agent) {
    await()
        .atMost(Installation.START)
        .until(() -> agent.output().contains("agent started") || !agent.isAlive());
    return installation.done(campaign());
  }

  /** A campaign that waits for its first agent. */
  private static ChildJvm submitted(Installation installation) {
    return installation.command(Map.of(), campaign());
  }

  private static String[] campaign() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "submit",
                "--watch",
                "--json",
                "--resolver",
                "system",
                "-D",
                "1s",
                "-n",
                "1",
                "-R"));
    site.seeds().stream().limit(2).forEach(url -> words.add(url.toString()));
    return words.toArray(String[]::new);
  }

  private static ChildJvm agent(Installation installation) {
    return agent(installation, site.isps().get(0));
  }

  private static ChildJvm agent(Installation installation, IspView isp) {
    return installation.command(
        Map.of("VIDTOMO_AGENT_LISTEN", "127.0.0.1:0", "VIDTOMO_AGENT_HEARTBEAT", "1s"),
        "agent",
        "--bind-address",
        isp.clientAddresses().get(0).getHostAddress(),
        "--system-resolver",
        isp.systemResolver().getAddress().getHostAddress() + ":" + isp.systemResolver().getPort(),
        "--allow-private",
        "--any-site");
  }

  private static void assertEndsCleanly(ChildJvm up, Installation installation, Path home) {
    ProcessHandle process = ProcessHandle.of(up.pid()).orElseThrow();
    List<ProcessHandle> children = process.children().toList();
    assertThat(children).as("Cassandra").isNotEmpty();
    up.terminate();
    assertThat(up.awaitExit(Duration.ofSeconds(30))).as(up.output()).isZero();
    assertThat(up.output()).doesNotContain("did not close in time");
    assertThat(children).noneMatch(ProcessHandle::isAlive);
    for (int port : new int[] {installation.coordinator, installation.dashboard}) {
      assertThat(Ports.accepts(port)).isFalse();
    }
    assertThat(Ports.accepts(installation.broker)).isFalse();
    assertThat(home.resolve(".vidtomo/endpoints.properties")).doesNotExist();
    assertThat(Files.exists(home.resolve(".vidtomo/up/keys/admin.token"))).isTrue();
  }

  private static void assertStaleEndpointsAreExplained(Installation installation) {
    try (ChildJvm list =
        installation.command(
            Map.of("VIDTOMO_COORDINATOR", "http://127.0.0.1:" + installation.coordinator),
            "submit",
            "http://example.org/")) {
      assertThat(list.awaitExit(Installation.START)).isEqualTo(1);
      assertThat(list.output()).contains("nothing answers at").contains("start vidtomo up");
    }
  }
}
