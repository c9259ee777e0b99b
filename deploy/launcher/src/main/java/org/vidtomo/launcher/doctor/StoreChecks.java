package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.vidtomo.storage.StoreException;
import org.vidtomo.storage.StoreProbe;
import org.vidtomo.storage.StoreSettings;

/** Cassandra as the roles use it; in one session, opened by the first check. */
final class StoreChecks implements AutoCloseable {
  private final Optional<StoreSettings> settings;
  private final Duration limit;
  private volatile Optional<StoreProbe> probe = Optional.empty();

  StoreChecks(Optional<StoreSettings> settings, Duration limit) {
    this.settings = requireNonNull(settings, "settings");
    this.limit = requireNonNull(limit, "limit");
  }

  Finding reachable() {
    if (settings.isEmpty()) {
      return Finding.notChecked("no Cassandra is named (VIDTOMO_CASSANDRA_CONTACT_POINTS)");
    }
    try {
      StoreProbe opened = StoreProbe.open(settings.get(), limit);
      probe = Optional.of(opened);
      return seen(opened);
    } catch (StoreException e) {
      return Finding.failed(e.getMessage(), "mend what this says; ports and user are those of CQL");
    }
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
    return probe
        .map(open -> refusable(open, look))
        .orElseGet(
            () ->
                Finding.notChecked(
                    settings.isEmpty() ? "no Cassandra is named" : "Cassandra cannot be reached"));
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
    probe.ifPresent(StoreProbe::close);
  }
}
