package org.vidtomo.agent.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.vidtomo.agent.dns.DnsServerForTests;
import org.vidtomo.agent.dns.Nat64;
import org.vidtomo.agent.dns.Resolvers;
import org.vidtomo.agent.download.segmented.SegmentedDownloader;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.BodySink;
import org.vidtomo.agent.http.ByteBudget;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.agent.http.HttpEngine;
import org.vidtomo.agent.http.Requester;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.agent.locate.MediaLocator;
import org.vidtomo.agent.ping.PingTarget;
import org.vidtomo.agent.ping.Pinger;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.redirect.RedirectTracer;
import org.vidtomo.agent.run.Agents;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.agent.run.ProgressListener;
import org.vidtomo.agent.run.TaskRunner;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.Urls;
import org.xbill.DNS.Rcode;

/**
 * Every way in that others have, times everything that they must not reach: nothing is connected
 * to. One server stands for the public Internet; a listener on all of this machine's addresses must
 * see nobody.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardVectorsTest {
  private static final Set<FailureKind> REFUSALS =
      Set.of(
          FailureKind.PRIVATE_ADDRESS,
          // What no URL can name is no URL, and what the owner calls the proxy may have no address.
          FailureKind.INVALID_URL,
          FailureKind.REDIRECT_INVALID,
          FailureKind.SITE_NOT_ALLOWED,
          FailureKind.MEDIA_NOT_FOUND,
          FailureKind.MALFORMED_MANIFEST,
          FailureKind.DNS_NO_ADDRESS);

  private final List<InetAddress> passed = new CopyOnWriteArrayList<>();
  private final AtomicInteger connects = new AtomicInteger();
  private PivotServer pivot;
  private ServerSocket listener;
  private DnsServerForTests dns;
  private Resolvers resolvers;
  private AddressGuard guard;
  private UrlGuard urls;
  private HttpEngine engine;

  /** A way in: what comes of a URL that others lead the agent to. */
  private interface Way {
    Optional<Failure> of(String target) throws IOException;
  }

  @BeforeAll
  void start() throws IOException {
    pivot = new PivotServer();
    listener = new ServerSocket(0, 500);
    Thread accepting = new Thread(this::accept, "must-see-nobody");
    accepting.setDaemon(true);
    accepting.start();
    dns = new DnsServerForTests(Rcode.NOERROR, false, zone());
    AgentPolicy policy =
        new AgentPolicy(
            Set.of(),
            true,
            Set.of(pivot.port(), listener.getLocalPort()),
            false,
            1L << 40,
            1L << 40,
            1L << 40,
            3);
    Resolvers system =
        new Resolvers(
            AddressGuard.ALL,
            Optional.empty(),
            Optional.of(dns.address()),
            false,
            System::nanoTime);
    AddressGuard strict =
        policy.addressGuard(() -> Set.of(GuardVectors.LINE), new Nat64(system, System::nanoTime));
    InetAddress open = InetAddress.getByName(PivotServer.ADDRESS);
    guard =
        address -> {
          if (!address.equals(open)) {
            strict.check(address);
            passed.add(address);
          }
        };
    urls = policy.urlGuard();
    resolvers =
        new Resolvers(guard, Optional.empty(), Optional.of(dns.address()), false, System::nanoTime);
    engine = new HttpEngine(guard, Optional.empty(), Optional.empty(), System::nanoTime);
  }

  private static String zone() throws IOException {
    StringBuilder zone = new StringBuilder("ipv4only.arpa. 0 IN AAAA 2a01:9::c000:aa\n");
    int index = 0;
    for (InetAddress address : GuardVectors.addresses()) {
      String literal = address.getHostAddress().replaceFirst("%.*", "");
      zone.append(GuardVectors.named(index++))
          .append(literal.contains(":") ? ". 0 IN AAAA " : ". 0 IN A ")
          .append(literal)
          .append('\n');
    }
    return zone.toString();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        connects.incrementAndGet();
      } catch (IOException e) {
        return;
      }
    }
  }

  @AfterAll
  void stop() throws IOException {
    engine.close();
    dns.close();
    listener.close();
    pivot.close();
  }

  private static Deadline deadline() {
    return Deadline.after(System::nanoTime, Duration.ofSeconds(20));
  }

  private Requester requester(Optional<URI> proxy) {
    return new Requester(
        engine,
        resolvers.names(AddressFamily.AUTO),
        urls,
        ByteBudget.UNLIMITED,
        List.of(),
        proxy,
        HttpProtocol.AUTO);
  }

  private Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    // By its ending a URL is media, which needs no page.
    ways.put("page", to -> locate(to.replace("/v.mp4", "/watch")));
    ways.put("page's redirect", to -> locate(pivot.url("/elsewhere", to).toString()));
    ways.put("media on a page", to -> locateAndTrace(pivot.url("/embed.html", to)));
    ways.put("media's redirect", to -> trace(pivot.url("/hop", to)));
    ways.put("proxy", to -> ask(requester(proxy(to))));
    for (String manifest : List.of("segment.m3u8", "master.m3u8", "map.m3u8", "moved.m3u8")) {
      ways.put(manifest, to -> play(pivot.url("/" + manifest, to)));
    }
    // A BaseURL that is none is passed over: the manifest's own server is then asked, for seconds.
    ways.put(
        "base.mpd",
        to -> Urls.http(to).isEmpty() ? Optional.empty() : play(pivot.url("/base.mpd", to)));
    return ways;
  }

  private static Optional<URI> proxy(String url) {
    return LocalSettings.DEFAULTS.withHttpProxy(URI.create(url)).httpProxy();
  }

  private Optional<Failure> locate(String url) {
    return new MediaLocator(requester(Optional.empty()), urls, Optional.empty(), System::nanoTime)
        .locate(url, "best", 0, deadline())
        .lookup()
        .failure();
  }

  private Optional<Failure> locateAndTrace(URI page) {
    var located =
        new MediaLocator(requester(Optional.empty()), urls, Optional.empty(), System::nanoTime)
            .locate(page.toString(), "best", 0, deadline());
    return located.lookup().failure().or(() -> trace(located.chosen().orElseThrow().url()));
  }

  private Optional<Failure> trace(URI url) {
    return new RedirectTracer(requester(Optional.empty())).trace(url, deadline()).failure();
  }

  private Optional<Failure> ask(Requester proxied) {
    return proxied
        .get(pivot.url("/media.ts", ""), UrlGuard.Use.FOLLOWED, Map.of(), BodySink.NONE, deadline())
        .exchange()
        .failure();
  }

  private Optional<Failure> play(URI manifest) {
    return new SegmentedDownloader(requester(Optional.empty()), Clock.systemUTC(), System::nanoTime)
        .download(
            manifest,
            new Endpoint(
                new InetSocketAddress(PivotServer.ADDRESS, pivot.port()), Optional.empty()),
            Agents.parameters(),
            (bytes, micros) -> {},
            deadline())
        .failure();
  }

  @Test
  void hostsThatAreNotPublic_areConnectedToByNoWay() throws IOException {
    List<String> hosts = GuardVectors.hosts();
    assertThat(hosts).doesNotHaveDuplicates().hasSizeGreaterThan(300);
    Map<String, Way> ways = ways();
    assertThat(ways).hasSize(10);
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Way> way : ways.entrySet()) {
      for (String host : hosts) {
        String target = "http://" + host + ":" + listener.getLocalPort() + "/v.mp4";
        Optional<FailureKind> kind = kind(way.getValue(), target);
        boolean literal = host.startsWith("[") || host.matches("[1-9]\\d*(\\.[1-9]\\d*){3}");
        // A link to what is no URL is none, and whoever finds it goes on without.
        boolean passedOver = kind.isEmpty() && Urls.http(target).isEmpty();
        if (!passedOver && kind.filter(REFUSALS::contains).isEmpty()
            || literal && !kind.equals(Optional.of(FailureKind.PRIVATE_ADDRESS))) {
          wrong.add(way.getKey() + " " + target + " " + kind);
        }
      }
    }
    assertThat(wrong).isEmpty();
    nobodyWasConnectedTo();
  }

  private static Optional<FailureKind> kind(Way way, String target) throws IOException {
    try {
      return way.of(target).map(Failure::kind);
    } catch (IllegalArgumentException e) {
      // What the owner sets as proxy must be a URL.
      return Optional.of(FailureKind.INVALID_URL);
    }
  }

  @Test
  void namesThatLeadToSuchAddresses_areConnectedToByNoWay() throws IOException {
    int names = GuardVectors.addresses().size();
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, Way> way : ways().entrySet()) {
      // Each way with its own share of the names; all of them were judged as literals above.
      for (int i = way.getKey().length() % 7; i < names; i += 7) {
        String target =
            "http://" + GuardVectors.named(i) + ":" + listener.getLocalPort() + "/v.mp4";
        Optional<FailureKind> kind = way.getValue().of(target).map(Failure::kind);
        if (kind.filter(FailureKind.PRIVATE_ADDRESS::equals).isEmpty()) {
          wrong.add(way.getKey() + " " + target + " " + kind);
        }
      }
    }
    assertThat(wrong).isEmpty();
    nobodyWasConnectedTo();
  }

  @Test
  void addressesThatAreNotPublic_areNeitherDownloadedFromNorPingedNorAsked() throws IOException {
    URI media = URI.create("http://video.example.org:" + listener.getLocalPort() + "/v.mp4");
    Pinger pinger = new Pinger(guard, Optional.empty(), System::nanoTime);
    Requester requester = requester(Optional.empty());
    for (InetAddress address : GuardVectors.addresses()) {
      InetSocketAddress server = new InetSocketAddress(address, listener.getLocalPort());
      Endpoint pinned = new Endpoint(server, Optional.empty());
      Endpoint proxied =
          new Endpoint(
              new InetSocketAddress(PivotServer.ADDRESS, pivot.port()), Optional.of(server));
      for (Endpoint endpoint : List.of(pinned, proxied)) {
        assertThat(
                requester
                    .at(endpoint, media, Map.of(), BodySink.NONE, Optional.empty(), deadline())
                    .failure()
                    .map(Failure::kind))
            .as("%s", endpoint)
            .contains(FailureKind.PRIVATE_ADDRESS);
      }
      assertThat(
              pinger
                  .ping(
                      List.of(new PingTarget(address, "h", listener.getLocalPort())), 1, deadline())
                  .stream()
                  .map(p -> p.failure().map(Failure::kind)))
          .as("ping %s", address)
          .containsOnly(Optional.of(FailureKind.PRIVATE_ADDRESS));
      assertThat(
              resolvers
                  .compare(
                      List.of("video.example.org"),
                      List.of(address.getHostAddress().replaceFirst("%.*", "")),
                      AddressFamily.AUTO,
                      Set.of(),
                      deadline())
                  .get(0)
                  .failure()
                  .map(Failure::kind))
          .as("resolver %s", address)
          .contains(FailureKind.PRIVATE_ADDRESS);
    }
    nobodyWasConnectedTo();
  }

  /** What is at a key's URL is not wanted: encrypted media is passed over. */
  @Test
  void keysOfEncryptedMedia_areNotFetched() throws IOException {
    for (String host : List.of("127.0.0.1", "[::1]", "localhost", "169.254.169.254")) {
      play(pivot.url("/key.m3u8", "http://" + host + ":" + listener.getLocalPort() + "/key"));
    }
    nobodyWasConnectedTo();
  }

  @Test
  void nameThatChangesItsAddress_isJudgedByTheOneThatIsConnectedTo() throws IOException {
    String name = "turns.example.net";
    String outside = name + ". 0 IN A " + PivotServer.ADDRESS + "\n";
    String inside = name + ". 0 IN A 127.0.0.1\n" + name + ". 0 IN AAAA ::1\n";
    URI url = URI.create("http://" + name + ":" + pivot.port() + "/media.ts");
    dns.zone(outside);
    try {
      Requester measuring = requester(Optional.empty());
      var first = measuring.get(url, UrlGuard.Use.PAGE, Map.of(), BodySink.NONE, deadline());
      assertThat(first.exchange().head()).isPresent();
      dns.zone(inside);
      // One measurement stays with what it learned: no second look-up that could say otherwise.
      assertThat(
              measuring
                  .get(url, UrlGuard.Use.FOLLOWED, Map.of(), BodySink.NONE, deadline())
                  .endpoint()
                  .map(Endpoint::addressText))
          .contains(PivotServer.ADDRESS);
      var next =
          requester(Optional.empty())
              .get(url, UrlGuard.Use.PAGE, Map.of(), BodySink.NONE, deadline());
      assertThat(next.exchange().failure().map(Failure::kind))
          .contains(FailureKind.PRIVATE_ADDRESS);
      assertThat(next.endpoint()).as("told to nobody").isEmpty();
    } finally {
      dns.zone(zone());
    }
    nobodyWasConnectedTo();
  }

  /** What a resolver at home knows of the home is nobody else's business. */
  @Test
  void reportOfARefusedMeasurement_namesNoAddressOfTheHome() throws IOException {
    String name = "intranet.example.net";
    dns.zone(
        "ipv4only.arpa. 0 IN A 192.0.0.170\n"
            + "www.example.net. 0 IN A "
            + PivotServer.ADDRESS
            + "\nwww.example.net. 0 IN A 192.168.77.3\n"
            + name
            + ". 0 IN CNAME secret.lan.\nsecret.lan. 0 IN A 192.168.77.2\n");
    LocalSettings settings = LocalSettings.DEFAULTS.withSystemResolver(dns.address());
    try (TaskRunner runner =
        new TaskRunner(
            settings,
            new TaskRunner.Policy(guard, urls, ByteBudget.UNLIMITED),
            Agents::info,
            ProgressListener.NONE,
            Clock.systemUTC(),
            System::nanoTime)) {
      for (String at : List.of(name, "www.example.net")) {
        pivot.url("/hop.mp4", "http://" + name + ":" + listener.getLocalPort() + "/v.mp4");
        String start = "http://" + at + ":" + pivot.port() + "/hop.mp4";
        String report =
            Wire.toJson(
                runner.measure(
                    new MeasurementRequest(start, Agents.parameters(), Optional.empty())));
        assertThat(report)
            .contains("private_address")
            .doesNotContain("192.168", "secret.lan", "RFC 1918");
      }
    } finally {
      dns.zone(zone());
    }
    nobodyWasConnectedTo();
  }

  private void nobodyWasConnectedTo() {
    assertThat(connects).as("connections to this machine").hasValue(0);
    assertThat(passed).as("addresses that the guard let pass").isEmpty();
  }
}
