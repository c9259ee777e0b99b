package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;

/** The store on Cassandra: opens it, brings its schema up to date, and holds its ports. */
public final class Store implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);

  private final CqlSession session;
  private final CassandraCampaigns campaigns;
  private final CassandraSeeds seeds;
  private final CassandraTasks tasks;
  private final CassandraAgents agents;
  private final CassandraInvites invites;
  private final CassandraKeys keys;
  private final CassandraReports reports;
  private final CassandraMeasurements measurements;

  private Store(CqlSession session) {
    this.session = session;
    Statements statements = new Statements(session);
    campaigns = new CassandraCampaigns(statements);
    seeds = new CassandraSeeds(statements);
    tasks = new CassandraTasks(statements);
    agents = new CassandraAgents(statements);
    invites = new CassandraInvites(statements);
    keys = new CassandraKeys(statements);
    reports = new CassandraReports(statements);
    measurements = new CassandraMeasurements(statements);
  }

  /**
   * Waits for Cassandra, migrates the schema and prepares the statements.
   *
   * @throws StoreException when Cassandra does not answer in time, refuses the credentials, or the
   *     schema cannot be brought up to date
   */
  public static Store open(StoreSettings settings) throws InterruptedException {
    CqlSession session = connect(settings);
    try {
      new SchemaMigrator(session, settings).migrate();
      return new Store(session);
    } catch (DriverException e) {
      session.close();
      throw new StoreException(
          "bringing keyspace %s up to date: %s; check that its user may create tables"
              .formatted(settings.keyspace(), e.getMessage()),
          e);
    }
  }

  private static CqlSession connect(StoreSettings settings) throws InterruptedException {
    long deadline = System.nanoTime() + settings.connectWait().toNanos();
    while (true) {
      try {
        return builder(settings).build();
      } catch (AllNodesFailedException e) {
        boolean refused =
            e.getAllErrors().values().stream()
                .flatMap(java.util.List::stream)
                .anyMatch(AuthenticationException.class::isInstance);
        if (refused || System.nanoTime() > deadline) {
          throw new StoreException(
              "connecting to Cassandra at %s: %s"
                  .formatted(
                      settings.contactPoints(),
                      refused
                          ? "user or password refused; set cassandra.username and .password"
                          : "no answer; start it, or set VIDTOMO_CASSANDRA_CONTACT_POINTS"),
              e);
        }
        Thread.sleep(PAUSE.toMillis());
      } catch (DriverException | IllegalArgumentException | IllegalStateException e) {
        throw new StoreException(
            "connecting to Cassandra at %s in data centre %s: %s"
                .formatted(settings.contactPoints(), settings.localDatacenter(), e.getMessage()),
            e);
      }
    }
  }

  private static CqlSessionBuilder builder(StoreSettings settings) {
    DriverConfigLoader config =
        DriverConfigLoader.programmaticBuilder()
            .withString(DefaultDriverOption.SESSION_NAME, "vidtomo")
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, Duration.ofSeconds(5))
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(5))
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, Duration.ofMillis(500))
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(10))
            .withString(
                DefaultDriverOption.REQUEST_CONSISTENCY,
                DefaultConsistencyLevel.LOCAL_QUORUM.name())
            .withString(
                DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY,
                DefaultConsistencyLevel.LOCAL_SERIAL.name())
            .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, 1000)
            .build();
    CqlSessionBuilder builder =
        CqlSession.builder()
            .addContactPoints(settings.contactPoints())
            .withLocalDatacenter(settings.localDatacenter())
            .withConfigLoader(config);
    if (settings.username().isPresent() && settings.password().isPresent()) {
      builder.withAuthCredentials(settings.username().get(), settings.password().get());
    }
    return builder;
  }

  public CampaignStore campaigns() {
    return campaigns;
  }

  public SeedStore seeds() {
    return seeds;
  }

  public TaskStore tasks() {
    return tasks;
  }

  public AgentStore agents() {
    return agents;
  }

  public InviteStore invites() {
    return invites;
  }

  public KeyStore keys() {
    return keys;
  }

  public ReportWriter reports() {
    return reports;
  }

  public ReportReader reportReader() {
    return reports;
  }

  public MeasurementReader measurements() {
    return measurements;
  }

  /**
   * Asks Cassandra for something small.
   *
   * @throws StoreException when it does not answer within two seconds
   */
  public void check() {
    try {
      session.execute(
          SimpleStatement.newInstance("SELECT release_version FROM system.local")
              .setTimeout(CHECK_TIMEOUT));
    } catch (DriverException e) {
      throw Statements.failed("asking Cassandra for its version", e);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
