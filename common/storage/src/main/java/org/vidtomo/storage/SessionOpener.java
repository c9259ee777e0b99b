package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.InvalidKeyspaceException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the session, waiting for Cassandra, and creates the keyspace where there is none. */
final class SessionOpener {
  private static final Logger LOG = LoggerFactory.getLogger(SessionOpener.class);
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Waiting for a schema change, and for a first connection, on a small machine under load. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** A try costs little, and whoever waits for a store that is back waits for no reason. */
  private static final Duration LONGEST_RECONNECT_PAUSE = Duration.ofSeconds(2);

  private static final int MAX_CONCURRENT = 256;
  private static final int MAX_QUEUED = 20_000;
  private static final int PAGE_ROWS = 1_000;
  private static final int QUIET_MILLIS = 200;
  private static final int SHUTDOWN_MILLIS = 3_000;

  private final StoreSettings settings;
  private final Errors errors;
  private final DriverConfigLoader config;

  SessionOpener(StoreSettings settings) {
    this(settings, PATIENT);
  }

  /**
   * An opener.
   *
   * @param patience for each step of opening a session
   */
  SessionOpener(StoreSettings settings, Duration patience) {
    this.settings = settings;
    this.errors = new Errors(settings);
    this.config = config(settings, patience);
  }

  /**
   * Opens a session in the keyspace.
   *
   * @throws StoreException when Cassandra does not answer in time, refuses the user, or has no such
   *     data centre
   */
  CqlSession open() throws InterruptedException {
    String doing = "connecting to Cassandra";
    long deadline = System.nanoTime() + settings.connectWait().toNanos();
    while (true) {
      try {
        return openOnce();
      } catch (AllNodesFailedException e) {
        boolean refused = mentions(e, AuthenticationException.class);
        if (refused || System.nanoTime() > deadline) {
          throw errors.translated(doing, e);
        }
        LOG.debug("Cassandra does not answer yet error={}", e.getMessage());
      } catch (DriverException e) {
        throw errors.translated(doing, e);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /**
   * Opens a session that is in no keyspace; tries once.
   *
   * @throws StoreException as {@link #open}
   */
  CqlSession openWithoutKeyspace() {
    try {
      return checked(builder().build());
    } catch (DriverException e) {
      throw errors.translated("connecting to Cassandra", e);
    }
  }

  private CqlSession openOnce() {
    try {
      return checked(builder().withKeyspace(keyspace()).build());
    } catch (InvalidKeyspaceException e) {
      createKeyspace();
      return checked(builder().withKeyspace(keyspace()).build());
    }
  }

  private CqlIdentifier keyspace() {
    return CqlIdentifier.fromCql(settings.keyspace());
  }

  private CqlSessionBuilder builder() {
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(settings.contactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .withConfigLoader(config);
    if (settings.username().isPresent()) {
      builder.withAuthCredentials(settings.username().get(), settings.password().orElse(""));
    }
    return builder;
  }

  /** With a wrong data centre the driver connects, and then finds no node for any query. */
  private CqlSession checked(CqlSession session) {
    Set<String> datacenters =
        session.getMetadata().getNodes().values().stream()
            .map(Node::getDatacenter)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    if (!datacenters.isEmpty() && !datacenters.contains(settings.localDatacenter())) {
      session.close();
      throw new StoreException(
          "connecting to Cassandra failed: there is no data centre %s at %s, only %s; set it to one of these"
              .formatted(settings.localDatacenter(), settings.contactPoints(), datacenters),
          new IllegalArgumentException(settings.localDatacenter()));
    }
    return session;
  }

  private void createKeyspace() {
    String cql =
        "CREATE KEYSPACE IF NOT EXISTS %s WITH replication = {'class': 'NetworkTopologyStrategy', '%s': %d}"
            .formatted(
                settings.keyspace(),
                settings.localDatacenter().replace("'", "''"),
                settings.replication());
    try (CqlSession session = checked(builder().build())) {
      session.execute(SimpleStatement.newInstance(cql).setTimeout(PATIENT));
      LOG.info("created keyspace={} replication={}", settings.keyspace(), settings.replication());
    } catch (AllNodesFailedException e) {
      throw e;
    } catch (DriverException e) {
      throw errors.translated("creating the keyspace with \"" + cql + "\"", e);
    }
  }

  private static boolean mentions(AllNodesFailedException error, Class<?> type) {
    return error.getAllErrors().values().stream().flatMap(List::stream).anyMatch(type::isInstance);
  }

  private static DriverConfigLoader config(StoreSettings settings, Duration patience) {
    return DriverConfigLoader.programmaticBuilder()
        .withString(DefaultDriverOption.SESSION_NAME, settings.keyspace())
        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
        .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
        .withString(DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, "LOCAL_SERIAL")
        .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, PAGE_ROWS)
        .withString(
            DefaultDriverOption.REQUEST_THROTTLER_CLASS, "ConcurrencyLimitingRequestThrottler")
        .withInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_CONCURRENT_REQUESTS, MAX_CONCURRENT)
        .withInt(DefaultDriverOption.REQUEST_THROTTLER_MAX_QUEUE_SIZE, MAX_QUEUED)
        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, patience)
        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, patience)
        .withDuration(DefaultDriverOption.METADATA_SCHEMA_REQUEST_TIMEOUT, patience)
        .withStringList(
            DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES, List.of(settings.keyspace()))
        .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(200))
        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, LONGEST_RECONNECT_PAUSE)
        // The default waits for two quiet seconds at every close.
        .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, "MILLISECONDS")
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
        .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
        .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, "MILLISECONDS")
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, QUIET_MILLIS)
        .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
        .build();
  }
}
