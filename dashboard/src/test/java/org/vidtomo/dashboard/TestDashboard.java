package org.vidtomo.dashboard;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.dashboard.TestReports.Line;
import org.vidtomo.dashboard.api.Sources;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.ResolverAnswer;
import org.vidtomo.storage.Seed;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoredReport;
import org.vidtomo.storage.TaskChange;
import org.vidtomo.storage.TaskKey;
import org.vidtomo.storage.TaskRow;
import org.vidtomo.testkit.RabbitMq;

/**
 * A dashboard over a real Cassandra and a real RabbitMQ, with a campaign of twelve videos from
 * three ISPs of three agents each. One for the JVM.
 */
public final class TestDashboard {
  public static final List<String> PROVIDERS = List.of("Cablenet", "Fibrelink", "Slowline");
  public static final String HOSTILE_TITLE =
      "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">";

  /** Right-to-left override, then more than anybody reads. */
  public static final String LONG_TITLE = "\u202Eltr " + "x".repeat(10_000);

  public static final int VIDEOS = 12;

  /** Videos whose latest measurement has such a title. */
  public static final int HOSTILE_VIDEO = 3;

  public static final int LONG_VIDEO = 4;

  /** So that a page notices soon that it is cut off. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** Fixed, so that all slots are in one hour. */
  public static final Instant SLOT =
      Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.HOURS);

  private static final long[] RATES_BPS = {6_000_000, 24_000_000, 800_000};
  private static final long[] DELAYS_MICROS = {18_000, 7_000, 35_000};

  public final UUID campaign = UUID.randomUUID();
  public final URI base;
  public final BrokerConnection broker;
  public final Store store;
  public UUID hostileReport;
  public UUID longTitleReport;
  public UUID stalledReport;
  public UUID failedReport;

  private TestDashboard() throws Exception {
    store = TestStores.open();
    broker = connect();
    fill();
    base = URI.create("http://127.0.0.1:" + start(store, broker, 0).port());
  }

  /** A dashboard over a store, on a port of this machine. */
  public static Dashboard start(Store store, BrokerConnection broker, int port) throws Exception {
    Dashboard dashboard =
        new Dashboard(
            Vertx.vertx(),
            settings(port),
            () -> Sources.of(store),
            broker,
            List::of,
            new Metrics(),
            Clock.systemUTC());
    dashboard.start();
    return dashboard;
  }

  /** A connection to a broker of its own. */
  public static BrokerConnection connect() throws Exception {
    BrokerConnection broker =
        new BrokerConnection(BrokerSettings.of(RabbitMq.shared().newVirtualHost(), "dashboard"));
    broker.start();
    broker.awaitConnected(Duration.ofSeconds(20));
    broker.topology().declareShared();
    return broker;
  }

  /** On a free port, without a coordinator. */
  public static DashboardSettings settings() {
    return settings(0);
  }

  private static DashboardSettings settings(int port) {
    return new DashboardSettings(
        InetSocketAddress.createUnresolved("127.0.0.1", port),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        100_000,
        0,
        BEAT);
  }

  /** The one of this JVM. */
  public static TestDashboard shared() {
    return Shared.INSTANCE;
  }

  private static final class Shared {
    private static final TestDashboard INSTANCE = make();

    private static TestDashboard make() {
      try {
        return new TestDashboard();
      } catch (Exception e) {
        throw new IllegalStateException("making the dashboard for the tests", e);
      }
    }
  }

  private void fill() throws Exception {
    insertCampaign(store, campaign, "Evening <b>news</b>");
    for (int provider = 0; provider < PROVIDERS.size(); provider++) {
      for (int agent = 0; agent < 3; agent++) {
        enrol(line(provider, agent));
      }
      for (int video = 0; video < VIDEOS; video++) {
        measure(provider, video);
      }
    }
  }

  /** A running campaign of as many videos, without tasks. */
  public static void insertCampaign(Store store, UUID id, String name) {
    CampaignOptions defaults = CampaignOptions.DEFAULTS;
    store
        .campaigns()
        .insert(
            new Campaign(
                id,
                new CampaignOptions(
                    Optional.of(name),
                    defaults.parameters(),
                    defaults.coverage(),
                    1,
                    List.of(),
                    true,
                    1,
                    100,
                    20,
                    false,
                    OptionalLong.empty(),
                    defaults.expiresMicros(),
                    6),
                CampaignStatus.RUNNING,
                SLOT,
                VIDEOS,
                0,
                Optional.empty()));
  }

  private static Line line(int provider, int agent) {
    String name = PROVIDERS.get(provider);
    return new Line(
        name,
        name.toLowerCase(java.util.Locale.ROOT) + "-" + agent,
        "192.0." + (provider * 3 + agent) + ".0/24",
        RATES_BPS[provider] * (10 + agent) / 10,
        DELAYS_MICROS[provider] + agent * 1_000);
  }

  private void enrol(Line line) {
    store
        .agents()
        .insert(
            new EnrolledAgent(
                line.agent(),
                "key-" + line.agent(),
                "public",
                "vidtomo.tasks." + line.agent(),
                Optional.of(line.provider()),
                SLOT,
                Optional.empty()));
  }

  private void measure(int provider, int video) throws Exception {
    Line line = line(provider, video % 3);
    UUID id = UUID.randomUUID();
    UUID task = UUID.randomUUID();
    Instant slot = SLOT.plusSeconds(video * 20L + provider);
    boolean fails = provider == 2 && video == 11;
    boolean hostile = provider == 2 && video == HOSTILE_VIDEO;
    boolean longTitle = provider == 2 && video == LONG_VIDEO;
    Report report =
        fails
            ? TestReports.failed(
                line,
                id,
                campaign,
                task,
                slot,
                "v" + video,
                new Failure(FailureKind.CONNECTION_REFUSED, "connect", "203.0.113.10:443 refused"))
            : TestReports.ok(
                line,
                id,
                campaign,
                task,
                slot,
                "v" + video,
                hostile ? HOSTILE_TITLE : longTitle ? LONG_TITLE : "Video number " + video);
    hostileReport = hostile ? id : hostileReport;
    longTitleReport = longTitle ? id : longTitleReport;
    failedReport = fails ? id : failedReport;
    stalledReport = provider == 2 && video == 0 ? id : stalledReport;
    write(report);
    task(report, line, video, slot);
  }

  /** Stores a report with its measurement, as an aggregator does. */
  public void write(Report report) throws Exception {
    store
        .reports()
        .write(
            new StoredReport(
                report.reportId(),
                report.agent().id(),
                "key-" + report.agent().id(),
                new byte[64],
                gzip(Wire.toBytes(report)),
                "gzip",
                Instant.now()),
            measurement(report))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private void task(Report report, Line line, int video, Instant slot) throws Exception {
    TaskKey key = new TaskKey(campaign, 0, report.assignment().orElseThrow().taskId());
    Seed seed = new Seed(video, report.video().url(), "page", "page:v" + video);
    store
        .tasks()
        .insertPlanned(
            List.of(
                TaskRow.planned(
                    key, 0, video, line.provider(), 0, seed, slot, slot.plusSeconds(86_400))))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    store
        .tasks()
        .transition(
            key,
            java.util.EnumSet.allOf(org.vidtomo.core.task.TaskState.class),
            OptionalInt.empty(),
            TaskChange.done(
                1, report.reportId(), report.outcome(), report.failure().map(Failure::kind)))
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static Measurement measurement(Report report) {
    AgentInfo agent = report.agent();
    var assignment = report.assignment().orElseThrow();
    Optional<Playback> playback = report.playback();
    Optional<Download> download = report.download();
    return new Measurement(
        report.reportId(),
        assignment.taskId(),
        1,
        Optional.of(assignment.campaignId()),
        0,
        0,
        assignment.scheduledAt(),
        report.startedAt(),
        agent.id(),
        agent.provider(),
        agent.prefix(),
        agent.asn(),
        agent.country(),
        Optional.empty(),
        Optional.empty(),
        agent.addressFamily(),
        agent.clockOffsetMicros(),
        report.video().service(),
        "page:" + report.video().id().orElseThrow(),
        report.video().url(),
        report.video().title(),
        report.outcome(),
        report.failure().map(Failure::kind),
        Optional.of("cache1.cdn.example"),
        download.map(Download::address),
        playback.map(Playback::startupDelayMicros).orElse(OptionalLong.empty()),
        playback.map(Playback::stallRatio).orElse(OptionalDouble.empty()),
        playback.map(p -> OptionalInt.of(p.stallCount())).orElse(OptionalInt.empty()),
        playback.map(p -> OptionalLong.of(p.stalledMicros())).orElse(OptionalLong.empty()),
        playback.map(p -> OptionalLong.of(p.playedMicros())).orElse(OptionalLong.empty()),
        playback.map(Playback::stallingMos).orElse(OptionalDouble.empty()),
        download.map(d -> OptionalLong.of(d.goodputBps())).orElse(OptionalLong.empty()),
        download.map(Download::timeToFirstByteMicros).orElse(OptionalLong.empty()),
        report.pings().get(0).minMicros(),
        OptionalLong.of(report.dns().get(0).elapsedMicros()),
        download.map(d -> OptionalLong.of(d.bytes())).orElse(OptionalLong.empty()),
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(64_500),
        Optional.of("CDN"),
        Optional.of("par"),
        List.of(answer("system", "203.0.113.10", 9_000), answer("8.8.8.8", "203.0.113.20", 31_000)),
        OptionalInt.of(120),
        report.failure().map(Failure::operation),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static ResolverAnswer answer(String resolver, String address, long elapsedMicros) {
    return new ResolverAnswer(
        resolver,
        Optional.of(address),
        OptionalLong.of(64_500),
        OptionalLong.of(elapsedMicros),
        OptionalLong.of(20_000),
        Optional.empty());
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Every agent's name, in order. */
  public static List<String> agents() {
    List<String> names = new ArrayList<>();
    for (int provider = 0; provider < PROVIDERS.size(); provider++) {
      for (int agent = 0; agent < 3; agent++) {
        names.add(line(provider, agent).agent());
      }
    }
    return names;
  }
}
