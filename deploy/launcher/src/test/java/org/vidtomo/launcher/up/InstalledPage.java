package org.vidtomo.launcher.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.agent.enrol.Enroller;
import org.vidtomo.agent.service.AgentSettings;
import org.vidtomo.agent.service.ProbeAgent;
import org.vidtomo.dashboard.web.Axe;
import org.vidtomo.runtime.files.Tokens;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.settings.Settings;
import org.vidtomo.storage.Flag;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.storage.Strike;
import org.vidtomo.testkit.ChildJvm;
import org.vidtomo.testkit.Chromium;
import org.vidtomo.testkit.TempDirectories;
import org.vidtomo.testsite.IspView;
import org.vidtomo.testsite.TestSite;
import org.vidtomo.testsite.TestSiteSettings;

/**
 * The page of an installation as {@code vidtomo up} runs it, in a real browser; agents of this
 * process measure a test site.
 */
final class InstalledPage implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final Pattern CQL_PORT = Pattern.compile("cqlPort=(\\d+)");
  private static final int PHONE = 375;
  private static final String REFUSED = "the server responded with a status of 4";

  private final TestSite site = TestSite.start(TestSiteSettings.defaults());
  private final Path home = TempDirectories.create("up-page");
  private final Installation installation = new Installation(home);
  private final Metrics metrics = new Metrics();
  private final List<ProbeAgent> agents = new ArrayList<>();
  final Chromium browser;

  private final ChildJvm up;

  private InstalledPage() throws Exception {
    up = installation.up("127.0.0.1");
    browser = Chromium.start();
  }

  static InstalledPage start() throws Exception {
    return new InstalledPage();
  }

  /** Where the dashboard is. */
  URI base() {
    return URI.create("http://127.0.0.1:" + installation.dashboard);
  }

  InetSocketAddress dashboard() {
    return new InetSocketAddress("127.0.0.1", installation.dashboard);
  }

  /** The coordinator's API, for the administrator. */
  JsonHttp coordinator() throws IOException {
    return JsonHttp.to(
        URI.create("http://127.0.0.1:" + installation.coordinator), Optional.of(token("admin")));
  }

  String token(String scope) throws IOException {
    return Tokens.load(home.resolve(".vidtomo/up/keys/" + scope + ".token"));
  }

  IspView isp(int number) {
    return site.isps().get(number);
  }

  /** The first twelve of the test site's videos. */
  List<String> videos() {
    return site.seeds().stream().limit(12).map(URI::toString).toList();
  }

  /** Enrols an agent with an invite and starts it; its id. */
  String enrol(String invite, IspView isp) throws Exception {
    AgentSettings settings =
        AgentSettings.from(
            Settings.of(
                Map.of(
                    "bind.address",
                    isp.clientAddresses().get(0).getHostAddress(),
                    "system.resolver",
                    address(isp.systemResolver()),
                    "connect.to",
                    String.join(",", isp.connectTo()),
                    "allow.private",
                    "true",
                    "any.site",
                    "true",
                    "agent.heartbeat",
                    "1s")),
            TempDirectories.create("agent"));
    URI coordinator = URI.create("http://127.0.0.1:" + installation.coordinator);
    AgentIdentity identity =
        Enroller.enrol(
            settings.directory(),
            new Enroller.Enrolment(coordinator, invite, Optional.of(isp.name()), Optional.empty()));
    ProbeAgent agent = ProbeAgent.create(settings, identity, metrics.registry(), Clock.systemUTC());
    agents.add(agent);
    agent.start();
    return identity.agentId();
  }

  /** Has the installation flag an agent, as reports that cannot be do. */
  void flag(String agent) throws Exception {
    Matcher port = CQL_PORT.matcher(up.output());
    assertThat(port.find()).as(up.output()).isTrue();
    InetSocketAddress cassandra =
        new InetSocketAddress("127.0.0.1", Integer.parseInt(port.group(1)));
    try (Store store = Store.open(StoreSettings.of(List.of(cassandra), "datacenter1"))) {
      for (int i = 0; i < Flag.LEAST_STRIKES; i++) {
        Strike strike =
            new Strike(
                agent,
                FlagKind.IMPOSSIBLE_RATE,
                UUID.randomUUID(),
                Instant.now(),
                "900 Mbit/s over a line of 100 Mbit/s");
        store.standing().note(strike).toCompletableFuture().get(10, TimeUnit.SECONDS);
      }
    }
  }

  private static String address(InetSocketAddress socket) {
    return socket.getAddress().getHostAddress() + ":" + socket.getPort();
  }

  /** Opens a view and waits until it is drawn. */
  void open(String path) throws Exception {
    browser.open(base().resolve(path));
    drawn();
  }

  void drawn() {
    browser.until(
        "return document.querySelector('main h1') !== null"
            + " && document.querySelector('[aria-busy=true]') === null");
  }

  /** Gives the panel a token. */
  void give(String token) throws Exception {
    browser.until("return document.querySelector('.token button.main:enabled') !== null");
    browser.run("document.querySelector('.token input').value = ''");
    browser.type(".token input", token);
    browser.click(".token button.main");
  }

  /** Sets a field as somebody does who types. */
  void set(String name, String value) throws Exception {
    browser.run(
        """
        const field = document.querySelector('[name="%s"]');
        if (field.type === 'checkbox') {
          if (field.checked !== %s) field.click();
        } else {
          field.value = '%s';
          field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
        }
        """
            .formatted(name, value.equals("true"), value.replace("\n", "\\n")));
  }

  /** Waits until what a selector finds holds a text. */
  void shows(String selector, String text) {
    browser.until(
        "return document.querySelector(`%s`)?.textContent.includes(`%s`) ?? false"
            .formatted(selector, text));
  }

  /** What is shown now keeps nobody out, in both themes and on a phone; pictures are left of it. */
  void assertOpenToAll(String name) throws Exception {
    assertThat(browser.text("main")).doesNotContain("undefined").doesNotContain("NaN");
    assertThat(Axe.violations(browser)).as("light").isEmpty();
    browser.screenshot(PICTURES.resolve(name + ".png"));
    browser.dark(true);
    assertThat(Axe.violations(browser)).as("dark").isEmpty();
    browser.size(PHONE, 800);
    assertThat(Axe.violations(browser)).as("375 pixels").isEmpty();
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(PHONE);
    browser.screenshot(PICTURES.resolve(name + "-phone-dark.png"));
    desktop();
  }

  void desktop() throws Exception {
    browser.size(1280, 900);
    browser.dark(false);
  }

  /** Nothing but refusals, which browsers log, is in the console. */
  void assertQuiet() throws Exception {
    assertThat(browser.complaints()).allMatch(line -> line.contains(REFUSED));
    assertThat(browser.requests())
        .filteredOn(url -> url.startsWith("http"))
        .allMatch(url -> url.startsWith("http://127.0.0.1:"));
  }

  @Override
  public void close() throws Exception {
    agents.forEach(ProbeAgent::close);
    browser.close();
    installation.close();
    site.close();
    metrics.close();
  }
}
