package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.StoreProbe;
import org.vidtomo.storage.StoreSettings;

/**
 * Cassandra as the roles use it; in one session, which takes a second or two to open: that begins
 * with the first of all checks.
 */
final class StoreChecks implements Shared {
  private final Optional<StoreSettings> settings;
  private final Duration limit;
  private final CompletableFuture<StoreProbe> opening = new CompletableFuture<>();

  StoreChecks(Optional<StoreSettings> settings, Duration limit) {
    this.settings = requireNonNull(settings, "settings");
    this.limit = requireNonNull(limit, "limit");
  }

  @Override
  public void begin() {
    settings.ifPresent(
        named -> {
          Thread thread = new Thread(() -> open(named), "doctor-cassandra-opening");
          thread.setDaemon(true);
          thread.start();
        });
  }

  private void open(StoreSettings named) {
    try {
      opening.complete(StoreProbe.open(named, limit));
    } catch (RuntimeException e) {
      opening.completeExceptionally(e);
    }
  }

  Finding reachable() throws InterruptedException {
    if (settings.isEmpty()) {
      return Finding.notChecked("no Cassandra is named (VIDTOMO_CASSANDRA_CONTACT_POINTS)");
    }
    try {
      return seen(opening.get());
    } catch (ExecutionException e) {
      return unreachable(e.getCause());
    } catch (StoreException e) {
      return unreachable(e);
    }
  }

  private static Finding unreachable(Throwable why) {
    return Finding.failed(
        String.valueOf(why.getMessage()), "mend what this says; port and user are those of CQL");
  }

  private Finding seen(StoreProbe open) {
    StoreProbe.Cluster cluster = open.cluster();
    String saw =
        "Cassandra %s at %s, %d of %d nodes up"
            .formatted(
                cluster.version(),
                settings.orElseThrow().contactPoints(),
                cluster.up(),
                cluster.nodes());
    if (Versions.isBelow(cluster.version(), 4, 1)) {
      return Finding.failed(saw, "use Cassandra 4.1 or later");
    }
    if (cluster.up() < cluster.nodes()) {
      return Finding.warning(saw, "start the nodes that are down");
    }
    return open.schemaAgreed()
        ? Finding.ok(saw)
        : Finding.warning(
            saw + ", which disagree on the schema",
            "wait a minute; if they still do, see nodetool describecluster");
  }

  Finding schema() {
    return withProbe(
        open -> {
          StoreProbe.SchemaState schema = open.schema();
          String keyspace = settings.orElseThrow().keyspace();
          if (!schema.keyspace()) {
            return Finding.warning(
                "there is no keyspace " + keyspace,
                "start the coordinator: it makes it; if the system runs already, mend cassandra.keyspace");
          }
          if (!schema.missing().isEmpty()) {
            return Finding.warning(
                "keyspace %s lacks %s".formatted(keyspace, String.join(", ", schema.missing())),
                "start the coordinator of this version: it brings the schema up to date");
          }
          return schema.newer().isEmpty()
              ? Finding.ok("keyspace " + keyspace + " is as this version needs it")
              : Finding.warning(
                  "keyspace %s is of a newer version: %s"
                      .formatted(keyspace, String.join(", ", schema.newer())),
                  "update this machine; old and new versions work side by side meanwhile");
        });
  }

  Finding rights() {
    return withProbe(
        open -> {
          if (open.schema().missing().size() > 0) {
            return Finding.notChecked("the schema is not there to try it on");
          }
          open.readAndWrite();
          open.create();
          return Finding.ok("may read, write and create tables");
        });
  }

  private Finding withProbe(Function<StoreProbe, Finding> look) {
    if (!opening.isDone() || opening.isCompletedExceptionally()) {
      return Finding.notChecked(
          settings.isEmpty() ? "no Cassandra is named" : "Cassandra cannot be reached");
    }
    return refusable(opening.join(), look);
  }

  private Finding refusable(StoreProbe open, Function<StoreProbe, Finding> look) {
    try {
      return look.apply(open);
    } catch (StoreException e) {
      StoreSettings named = settings.orElseThrow();
      return Finding.failed(
          e.getMessage(),
          "in cqlsh: GRANT ALL PERMISSIONS ON KEYSPACE %s TO %s"
              .formatted(named.keyspace(), named.username().orElse("USER")));
    }
  }

  @Override
  public void close() {
    // One that opens late is closed then.
    opening.thenAccept(StoreProbe::close);
  }
}
