package org.vidtomo.launcher.dataset;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.dashboard.DashboardSettings;
import org.vidtomo.dashboard.api.Api;
import org.vidtomo.dashboard.api.Sources;
import org.vidtomo.dashboard.compare.Comparer;
import org.vidtomo.dashboard.compare.Comparisons;
import org.vidtomo.dashboard.index.IndexedCells;
import org.vidtomo.dashboard.index.LiveIndex;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.storage.Campaign;
import org.vidtomo.storage.CampaignStatus;
import org.vidtomo.storage.ReportReader;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.storage.StoredReport;
import org.vidtomo.testkit.Cassandra;
import org.vidtomo.testkit.TempDirectories;

/** A store of its own on a real Cassandra, and the dashboard's API over it. */
final class TestInstallation implements AutoCloseable {
  final Store store;
  final URI dashboard;
  final Path config;
  private final Vertx vertx = Vertx.vertx();
  private final Metrics metrics = new Metrics();
  private final ExecutorService computing = Executors.newSingleThreadExecutor();
  private final LiveIndex index;
  private final Api api;

  /** One over its store, reading reports through this. */
  TestInstallation(java.util.function.UnaryOperator<ReportReader> reports) throws Exception {
    Cassandra cassandra = Cassandra.shared();
    String keyspace = cassandra.newKeyspaceName();
    store =
        Store.open(
            StoreSettings.of(List.of(cassandra.contactPoint()), cassandra.localDatacenter())
                .withKeyspace(keyspace));
    Sources all = Sources.of(store);
    Sources sources =
        new Sources(
            all.measurements(),
            reports.apply(all.reports()),
            all.campaigns(),
            all.tasks(),
            all.agents(),
            all.index(),
            all.standing());
    Clock clock = Clock.systemUTC();
    index = new LiveIndex(all.index(), all.measurements(), 100_000, clock);
    index.start();
    IndexedCells cells =
        IndexedCells.of(index, all.measurements(), all.campaigns(), 100_000, clock);
    api =
        new Api(
            vertx,
            sources,
            new Comparisons(Comparer.DEFAULT, cells, computing, clock),
            cells,
            new DashboardSettings(
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                100_000,
                0,
                DashboardSettings.DEFAULT_BEAT),
            new Operations(vertx, List::of, metrics),
            clock);
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(api.handler())
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    dashboard = URI.create("http://127.0.0.1:" + server.actualPort());
    config = config(cassandra, keyspace);
  }

  private static Path config(Cassandra cassandra, String keyspace) throws IOException {
    Path file = TempDirectories.create("dataset").resolve("vidtomo.properties");
    Files.writeString(
        file,
        "cassandra.contact.points=%s:%d%ncassandra.datacenter=%s%ncassandra.keyspace=%s%n"
            .formatted(
                cassandra.contactPoint().getHostString(),
                cassandra.contactPoint().getPort(),
                cassandra.localDatacenter(),
                keyspace));
    return file;
  }

  /** A campaign of this installation. */
  UUID campaign() {
    UUID id = UUID.randomUUID();
    store
        .campaigns()
        .insert(
            new Campaign(
                id,
                CampaignOptions.DEFAULTS,
                CampaignStatus.RUNNING,
                DataSetReports.SLOT,
                10,
                0,
                Optional.empty()));
    return id;
  }

  /** Stores reports as an aggregator does, many at a time. */
  void write(List<DataSetReports.Made> reports) throws Exception {
    List<CompletableFuture<Void>> some = new ArrayList<>();
    for (DataSetReports.Made made : reports) {
      some.add(write(made));
      if (some.size() == 200) {
        await(some);
      }
    }
    await(some);
  }

  private static void await(List<CompletableFuture<Void>> writes) throws Exception {
    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    writes.clear();
  }

  private CompletableFuture<Void> write(DataSetReports.Made made) {
    Assignment assignment = made.assignment();
    return store
        .reports()
        .write(
            new StoredReport(
                made.report().reportId(),
                assignment.agentId(),
                "key",
                new byte[64],
                made.gzipped(),
                "gzip",
                DataSetReports.SLOT.plusSeconds(60)),
            new Derivation(Networks.NONE)
                .derive(
                    made.report(),
                    assignment,
                    AgentNetwork.enrolled(Optional.of(assignment.target()))))
        .toCompletableFuture();
  }

  @Override
  public void close() {
    api.close();
    index.close();
    computing.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    metrics.close();
    store.close();
  }
}
