package org.vidtomo.testkit;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedCassandra;

/**
 * A real Cassandra for tests: the one that {@code VIDTOMO_TEST_CASSANDRA_CONTACT_POINTS} names
 * ({@code host:port}, the first of a comma-separated list; data centre {@code
 * VIDTOMO_TEST_CASSANDRA_DATACENTER}, else {@code datacenter1}), else an embedded one on a
 * temporary directory.
 */
public final class Cassandra {

  static final String CONTACT_POINTS = "VIDTOMO_TEST_CASSANDRA_CONTACT_POINTS";
  static final String DATACENTER = "VIDTOMO_TEST_CASSANDRA_DATACENTER";

  private static final int DEFAULT_PORT = 9042;

  private final InetSocketAddress contactPoint;
  private final String localDatacenter;

  private Cassandra(InetSocketAddress contactPoint, String localDatacenter) {
    this.contactPoint = contactPoint;
    this.localDatacenter = localDatacenter;
  }

  /**
   * The one of this JVM, started by the first call (about 10 seconds) and ended with the JVM. It
   * saves the time that only pays where it runs long or its data are kept.
   */
  public static Cassandra shared() {
    return Shared.INSTANCE;
  }

  /** The one of this JVM as it is in use, for benchmarks. */
  public static Cassandra sharedAsInUse() {
    return SharedAsInUse.INSTANCE;
  }

  /** One for this caller alone, which it may stop and start again: always an embedded one. */
  public static PrivateCassandra startPrivate() {
    return PrivateCassandra.start();
  }

  public InetSocketAddress contactPoint() {
    return contactPoint;
  }

  public String localDatacenter() {
    return localDatacenter;
  }

  /** A name for a keyspace that no other test uses. */
  public String newKeyspaceName() {
    return "test_" + UUID.randomUUID().toString().replace("-", "");
  }

  private static Cassandra find(Function<DataDirectory, EmbeddedCassandra> start) {
    return Optional.ofNullable(System.getenv(CONTACT_POINTS))
        .filter(points -> !points.isBlank())
        .map(points -> named(points.split(",", 2)[0].strip()))
        .orElseGet(() -> embedded(start));
  }

  private static Cassandra named(String point) {
    int colon = point.lastIndexOf(':');
    String host = colon < 0 ? point : point.substring(0, colon);
    int port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(point.substring(colon + 1));
    String datacenter = Optional.ofNullable(System.getenv(DATACENTER)).orElse("datacenter1");
    return new Cassandra(new InetSocketAddress(host, port), datacenter);
  }

  private static Cassandra embedded(Function<DataDirectory, EmbeddedCassandra> start) {
    DataDirectory data = DataDirectory.open(TempDirectories.create("cassandra"));
    EmbeddedCassandra started = start.apply(data);
    AtExit.run(
        () -> {
          if (!started.isAlive()) {
            System.err.println("The tests' Cassandra has ended: " + started.lastWords());
          }
          started.kill();
          data.close();
        });
    return new Cassandra(started.contactPoint(), started.localDatacenter());
  }

  private static final class Shared {
    private static final Cassandra INSTANCE = find(EmbeddedCassandra::startPassing);
  }

  private static final class SharedAsInUse {
    private static final Cassandra INSTANCE = find(EmbeddedCassandra::start);
  }
}
