package org.vidtomo.storage;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store on Cassandra: opens it, brings its schema up to date, and holds its ports. One a
 * process; thread-safe; reconnects by itself.
 *
 * <p>Calls that return no stage block, for the request time-out and its retries at most. Stages
 * complete on the driver's threads, which must not be blocked, and fail with {@link
 * StoreException}, as a cause where stages wrap errors.
 */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final CqlSession session;
  private final Statements statements;
  private final CassandraCampaigns campaigns;
  private final CassandraSeeds seeds;
  private final CassandraCrawl crawl;
  private final CassandraTasks tasks;
  private final CassandraAgents agents;
  private final CassandraInvites invites;
  private final CassandraKeys keys;
  private final CassandraLeader leader;
  private final CassandraReports reports;
  private final CassandraMeasurements measurements;
  private final CassandraHandling handling;
  private final CassandraRederivation rederivation;
  private final CassandraIndex index;
  private final CassandraStanding standing;
  private final CassandraErasures erasures;

  private Store(CqlSession session, StoreSettings settings, Room room) {
    this.session = session;
    // What is small and rare is written while there is hardly room: people must be able to steer.
    statements = new Statements(session, settings, Room.AMPLE);
    Statements bulk = new Statements(session, settings, room);
    campaigns = new CassandraCampaigns(statements);
    seeds = new CassandraSeeds(bulk);
    crawl = new CassandraCrawl(bulk);
    tasks = new CassandraTasks(bulk);
    agents = new CassandraAgents(statements);
    invites = new CassandraInvites(statements);
    keys = new CassandraKeys(statements);
    leader = new CassandraLeader(statements);
    reports = new CassandraReports(bulk);
    measurements = new CassandraMeasurements(bulk);
    handling = new CassandraHandling(bulk);
    rederivation = new CassandraRederivation(bulk);
    index = new CassandraIndex(bulk);
    standing = new CassandraStanding(statements);
    // Deleting makes room: it must not wait for any.
    erasures = new CassandraErasures(statements);
  }

  /**
   * Waits for Cassandra, migrates the schema and prepares the statements.
   *
   * @throws StoreException when Cassandra does not answer in time, refuses the credentials, or the
   *     schema cannot be brought up to date
   */
  public static Store open(StoreSettings settings) throws InterruptedException {
    return open(settings, Room.AMPLE);
  }

  /**
   * As {@link #open(StoreSettings)}, but while there is no room, seeds, tasks and reports are not
   * written: {@link StoreException} says why, and nothing is done by halves.
   */
  public static Store open(StoreSettings settings, Room room) throws InterruptedException {
    CqlSession session = new SessionOpener(settings).open();
    boolean ready = false;
    try {
      new SchemaMigrator(session, settings).migrate();
      new TableLifetimes(session, settings).apply();
      Store store = new Store(session, settings, room);
      ready = true;
      return store;
    } finally {
      if (!ready) {
        session.close();
      }
    }
  }

  public CampaignStore campaigns() {
    return campaigns;
  }

  public SeedStore seeds() {
    return seeds;
  }

  public CrawlStore crawl() {
    return crawl;
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

  public LeaderStore leader() {
    return leader;
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

  public HandlingStore handling() {
    return handling;
  }

  public RederivationStore rederivation() {
    return rederivation;
  }

  public IndexStore index() {
    return index;
  }

  public StandingStore standing() {
    return standing;
  }

  public ErasureStore erasures() {
    return erasures;
  }

  /**
   * Asks Cassandra for something small.
   *
   * @throws StoreException when it does not answer within two seconds
   */
  public void check() {
    SimpleStatement probe =
        SimpleStatement.newInstance("SELECT release_version FROM system.local")
            .setTimeout(CHECK_TIMEOUT)
            .setIdempotent(true);
    statements.run("asking Cassandra for its version", probe);
  }

  /** Ends the session, within a few seconds. Idempotent. */
  @Override
  public void close() {
    try {
      session
          .closeAsync()
          .toCompletableFuture()
          .get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("the session with Cassandra did not close in time, closing it by force", e);
      session.forceCloseAsync();
    } catch (InterruptedException e) {
      session.forceCloseAsync();
      Thread.currentThread().interrupt();
    }
  }
}
