package org.vidtomo.coordinator.flood;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.coordinator.alert.Rounds;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.DeadLetter;
import org.vidtomo.messaging.DeadLetterQueue;
import org.vidtomo.messaging.DeadLetterQueue.Decision;
import org.vidtomo.messaging.Topology;

/**
 * Drops reports that their sender let expire, which no agent of ours does. RabbitMQ buries them
 * with those that are refused, but nobody counts them, and when dead letters are full they stay in
 * the queue of reports until that takes no more. It looks every few seconds whether there are more
 * dead letters, on a thread of its own.
 */
public final class ExpiredReports implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiredReports.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  /** Each is fetched and given back, which takes the broker a second for some thousands. */
  private static final int MOST_AT_ONCE = 20_000;

  private static final long FEW = 100;

  private final BrokerConnection broker;
  private final Rounds rounds =
      new Rounds("coordinator-expired", "going through dead letters", this::look, LOOK_EVERY);

  /** So many dead letters are worth going through. */
  private long worthwhile = FEW;

  /**
   * Does not look yet.
   *
   * @param broker by a user that may read dead letters
   */
  public ExpiredReports(BrokerConnection broker) {
    this.broker = requireNonNull(broker, "broker");
  }

  /** Begins to look. */
  public void start() {
    rounds.start();
  }

  private void look() {
    long there = there();
    while (there >= worthwhile) {
      long dropped = dropped();
      there = there();
      if (dropped < MOST_AT_ONCE / 2) {
        break;
      }
    }
    // What stays is gone through again when there is a tenth more.
    worthwhile = there + Math.max(FEW, there / 10);
  }

  private long there() {
    return broker.topology().messageCount(Topology.DEAD).orElse(0);
  }

  private long dropped() {
    Dropping dropping = new Dropping();
    broker.deadLetters().visit(MOST_AT_ONCE, dropping);
    if (dropping.dropped > 0) {
      LOG.warn(
          "Reports that their senders let expire are dropped: n={} bytes={}",
          dropping.dropped,
          dropping.bytes);
    }
    return dropping.dropped;
  }

  private static final class Dropping implements DeadLetterQueue.Visitor {
    private long dropped;
    private long bytes;

    @Override
    public Decision look(DeadLetter letter) {
      return letter.expiredReport() ? Decision.DROP : Decision.KEEP;
    }

    @Override
    public void done(DeadLetter letter, Decision decision) {
      dropped++;
      bytes += letter.body().length;
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
