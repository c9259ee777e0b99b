package org.vidtomo.coordinator;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.vidtomo.coordinator.TestSystem.Times;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.operations.Metrics;
import org.vidtomo.runtime.operations.Operations;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.ChildJvm;

/** A coordinator in a process of its own, to be killed. It ends when its standard input does. */
final class CoordinatorProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Path LOG = Path.of("target", "killed-coordinator.log");

  private final Process process;
  private final Path directory;
  private final int port;

  private CoordinatorProcess(Process process, Path directory, int port) {
    this.process = process;
    this.directory = directory;
    this.port = port;
  }

  /** Starts one over a system's store and broker; it listens when this returns. */
  static CoordinatorProcess start(TestSystem system, Path directory, int port) throws IOException {
    List<String> command =
        ChildJvm.command(
            CoordinatorProcess.class,
            ChildJvm.quick(),
            system.processArguments(directory, port).toArray(String[]::new));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
            .start();
    // Its port takes connections a moment before anything answers there.
    JsonHttp http = JsonHttp.to(URI.create("http://127.0.0.1:" + port), Optional.empty());
    await()
        .atMost(START)
        .ignoreExceptions()
        .failFast("it ended, see " + LOG, () -> !process.isAlive())
        .until(
            () -> {
              http.date("/health");
              return true;
            });
    return new CoordinatorProcess(process, directory, port);
  }

  /** Its API. */
  JsonHttp http(String tokenFile) {
    return TestSystem.http(directory, tokenFile, port);
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /**
   * Cassandra's host, port, data centre and keyspace; the broker and its management; the directory;
   * the API's port.
   */
  public static void main(String[] args) throws Exception {
    Store store =
        Store.open(
            StoreSettings.of(
                    List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
                .withKeyspace(args[3]));
    URI broker = URI.create(args[4]);
    Vertx vertx = Vertx.vertx();
    Metrics metrics = new Metrics();
    new Coordinator(
            TestSystem.settings(Path.of(args[6]), Integer.parseInt(args[7]), Times.PATIENT),
            () -> store,
            name -> new BrokerConnection(BrokerSettings.of(broker, name)),
            new RabbitMqAdmin(URI.create(args[5]), broker, Optional.empty()),
            vertx,
            new Operations(vertx, List::of, metrics),
            metrics,
            Clock.systemUTC())
        .start();
    while (System.in.read() >= 0) {
      // Nothing is said to it; the end of the tests is heard.
    }
    Runtime.getRuntime().halt(0);
  }
}
