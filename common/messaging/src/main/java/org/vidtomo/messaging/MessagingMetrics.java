package org.vidtomo.messaging;

import java.util.concurrent.atomic.LongAdder;

/**
 * What went through one connection since the process started. Thread-safe; for any exporter.
 *
 * <p>At rest: published = confirmed + unroutable + failed + outstanding, and consumed = acked +
 * poisoned + requeued + lost + inFlight.
 */
public final class MessagingMetrics {
  final LongAdder published = new LongAdder();
  final LongAdder confirmed = new LongAdder();
  final LongAdder unroutable = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder republished = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder consumed = new LongAdder();
  final LongAdder acked = new LongAdder();
  final LongAdder poisoned = new LongAdder();
  final LongAdder unburied = new LongAdder();
  final LongAdder requeued = new LongAdder();
  final LongAdder lost = new LongAdder();
  final LongAdder retried = new LongAdder();
  final LongAdder connections = new LongAdder();
  final LongAdder lineBytes = new LongAdder();

  /**
   * What all that was said cost on the line, both ways, with the headers of all layers: an estimate
   * that is rather too large. Heartbeats of the protocol are not in it.
   */
  public long lineBytes() {
    return lineBytes.sum();
  }

  /** Messages given to the publisher. */
  public long published() {
    return published.sum();
  }

  /** Messages the broker has taken responsibility for. */
  public long confirmed() {
    return confirmed.sum();
  }

  /** Mandatory messages that no queue took. */
  public long unroutable() {
    return unroutable.sum();
  }

  /** Messages refused, not confirmed in time, or without room. */
  public long failed() {
    return failed.sum();
  }

  /** Messages given to the publisher whose fate is not known yet. */
  public long outstanding() {
    return Math.max(0, published() - confirmed() - unroutable() - failed());
  }

  /** Times that an unconfirmed message was published again after a connection or channel broke. */
  public long republished() {
    return republished.sum();
  }

  /** Messages that {@link Publisher#tryPublish} did not even try; not among {@link #published}. */
  public long dropped() {
    return dropped.sum();
  }

  /** Deliveries handed to a handler, each once, whatever the number of tries. */
  public long consumed() {
    return consumed.sum();
  }

  /** Deliveries done. */
  public long acked() {
    return acked.sum();
  }

  /** Deliveries dead-lettered. */
  public long poisoned() {
    return poisoned.sum();
  }

  /**
   * Of those, the ones for which there was no room among the dead letters: they are only logged.
   */
  public long unburied() {
    return unburied.sum();
  }

  /** Deliveries given back by the handler. */
  public long requeued() {
    return requeued.sum();
  }

  /** Deliveries whose connection broke before they were settled: the broker sends them again. */
  public long lost() {
    return lost.sum();
  }

  /** Deliveries handed out and not settled. */
  public long inFlight() {
    return Math.max(0, consumed() - acked() - poisoned() - requeued() - lost());
  }

  /** Times that a delivery was handed out again after its handler failed. */
  public long retried() {
    return retried.sum();
  }

  /** Connections opened; more than 1 after a reconnect. */
  public long connections() {
    return connections.sum();
  }
}
