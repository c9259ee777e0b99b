package org.vidtomo.dashboard;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.vidtomo.dashboard.api.Api;
import org.vidtomo.dashboard.api.Sources;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.dashboard.index.Standings;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.runtime.Component;
import org.vidtomo.runtime.Health;
import org.vidtomo.runtime.http.HttpListener;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;

/**
 * The dashboard's role: its HTTP server over the store, kept lively by the outcomes that the
 * aggregators publish. What it is given (Vert.x, store, broker) is started and closed by whoever
 * made it.
 */
public final class Dashboard implements Component {
  /** Of series it takes half the time of the default, for an answer that is a tenth larger. */
  private static final int COMPRESSION_LEVEL = 4;

  private static final int COMPUTING_THREADS = 2;
  private static final int MAX_WAITING_VIEWS = 200;
  private static final int PREFETCH = 100;
  private static final Duration STANDING_PAUSE = Duration.ofSeconds(15);

  private final Vertx vertx;
  private final DashboardSettings settings;
  private final HttpListener listener;
  private final Supplier<Sources> sources;
  private final BrokerConnection broker;
  private final Supplier<List<Component>> components;
  private final Metrics metrics;
  private final Clock clock;

  private Api api;
  private Subscription outcomes;
  private ThreadPoolExecutor computing;
  private volatile LiveIndex index;
  private Standings standings;

  /**
   * A dashboard that does nothing yet.
   *
   * @param sources asked for at the start, when the store is open
   * @param broker on which outcomes come; not needed to answer requests
   * @param components of the process, for {@code /health}
   */
  public Dashboard(
      Vertx vertx,
      DashboardSettings settings,
      Supplier<Sources> sources,
      BrokerConnection broker,
      Supplier<List<Component>> components,
      Metrics metrics,
      Clock clock) {
    this.vertx = requireNonNull(vertx, "vertx");
    this.settings = requireNonNull(settings, "settings");
    this.sources = requireNonNull(sources, "sources");
    this.broker = requireNonNull(broker, "broker");
    this.components = requireNonNull(components, "components");
    this.metrics = requireNonNull(metrics, "metrics");
    this.clock = requireNonNull(clock, "clock");
    listener =
        new HttpListener(
            vertx,
            new HttpListener.Place("the dashboard", "dashboard.listen", settings.listen()),
            settings.tls(),
            new HttpServerOptions()
                .setCompressionSupported(true)
                .setCompressionLevel(COMPRESSION_LEVEL)
                .setIdleTimeout(60));
  }

  @Override
  public String name() {
    return "dashboard";
  }

  @Override
  public synchronized void start() throws IOException, InterruptedException {
    Sources opened = sources.get();
    computing = computing();
    index = new LiveIndex(opened.index(), opened.measurements(), settings.indexRows(), clock);
    standings = new Standings(opened.standing(), STANDING_PAUSE);
    IndexedCells cells =
        IndexedCells.of(
            index,
            opened.measurements(),
            opened.campaigns(),
            settings.indexRows(),
            standings,
            clock);
    api =
        new Api(
            vertx,
            opened,
            new Comparisons(Comparer.DEFAULT, cells, computing, clock),
            cells,
            settings,
            new Operations(vertx, components, metrics),
            clock);
    measure(api, computing, index);
    standings.start();
    index.start();
    listener.start(api.handler());
    api.start();
    outcomes = broker.topology().subscribeOutcomes(PREFETCH, api::outcome);
  }

  /** Where it listens; 0 before {@link #start}. */
  public int port() {
    return listener.port();
  }

  @Override
  public Health check() {
    LiveIndex kept = index;
    Health heard = listener.check();
    Optional<String> trouble = kept == null ? Optional.empty() : kept.trouble();
    return heard.status() == Health.Status.OK && trouble.isPresent()
        ? Health.degraded(trouble.get())
        : heard;
  }

  @Override
  public synchronized void close() {
    if (outcomes != null) {
      outcomes.close();
      outcomes = null;
    }
    if (api != null) {
      api.close();
      api = null;
    }
    listener.close();
    if (standings != null) {
      standings.close();
      standings = null;
    }
    if (index != null) {
      index.close();
      index = null;
    }
    if (computing != null) {
      computing.shutdownNow();
      computing = null;
    }
  }

  private void measure(Api served, ThreadPoolExecutor views, LiveIndex kept) {
    Gauge.builder("vidtomo.dashboard.listeners", served, Api::listeners)
        .description("Clients that listen to events")
        .register(metrics.registry());
    Gauge.builder("vidtomo.dashboard.views.waiting", views, v -> v.getQueue().size())
        .description("Views that wait to be computed")
        .register(metrics.registry());
    Gauge.builder("vidtomo.dashboard.index.measurements", kept, LiveIndex::rows)
        .description("Measurements in memory, from which answers are computed")
        .register(metrics.registry());
  }

  private static ThreadPoolExecutor computing() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            COMPUTING_THREADS,
            COMPUTING_THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MAX_WAITING_VIEWS),
            task -> {
              Thread thread = new Thread(task, "dashboard-compute-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }
}
