package org.vidtomo.messaging;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the broker what became of the deliveries of one channel, of many at once where it can: a
 * quorum queue writes what it is told into its log, whether it is of one message or of fifty.
 *
 * <p>An acknowledgement waits for others until one in {@value #SHARE} of the prefetch wait, or
 * {@value #WAIT_MILLIS} ms. Those with nothing unsettled before them go as one; one that has such
 * before it waits once more, and then goes alone, so that a delivery which takes long holds up no
 * other. Thread-safe; what it holds is bounded by the prefetch.
 */
final class Acknowledgements {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);
  private static final int SHARE = 8;
  private static final long WAIT_MILLIS = 50;

  private record Waiting(
      ConsumedDelivery delivery, ConsumedDelivery.Outcome outcome, long beforeRound) {}

  private interface Telling {
    void tell() throws IOException;
  }

  private final Channel channel;
  private final int enough;
  private final ScheduledExecutorService timer;
  private final TreeSet<Long> unsettled = new TreeSet<>();
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private long round;
  private boolean scheduled;

  Acknowledgements(Channel channel, int prefetch, ScheduledExecutorService timer) {
    this.channel = channel;
    this.enough = Math.max(1, prefetch / SHARE);
    this.timer = timer;
  }

  /** To be called in the order of delivery, before the delivery is handed out. */
  synchronized void delivered(long tag) {
    unsettled.add(tag);
  }

  boolean live() {
    return channel.isOpen();
  }

  /** Acknowledges it now or soon; then, or when the channel is found closed, it is settled. */
  void ack(ConsumedDelivery delivery, ConsumedDelivery.Outcome outcome) {
    boolean now;
    synchronized (this) {
      unsettled.remove(delivery.tag());
      waiting.put(delivery.tag(), new Waiting(delivery, outcome, round + 1));
      now = waiting.size() >= enough || !channel.isOpen();
      if (!now && !scheduled) {
        now = !schedule();
      }
    }
    if (now) {
      flush();
    }
  }

  void requeue(ConsumedDelivery delivery) {
    alone(
        delivery,
        ConsumedDelivery.Outcome.REQUEUED,
        () -> channel.basicNack(delivery.tag(), false, true));
  }

  /** Lets the broker's own dead-lettering take it. */
  void reject(ConsumedDelivery delivery) {
    alone(
        delivery,
        ConsumedDelivery.Outcome.POISONED,
        () -> channel.basicReject(delivery.tag(), false));
  }

  /** Tells all that waits, before the channel is closed. */
  void close() {
    flush();
    flush();
  }

  private void alone(ConsumedDelivery delivery, ConsumedDelivery.Outcome outcome, Telling telling) {
    ConsumedDelivery.Outcome told;
    synchronized (this) {
      unsettled.remove(delivery.tag());
      told = tell(telling) ? outcome : ConsumedDelivery.Outcome.LOST;
    }
    delivery.settled(told);
  }

  private boolean schedule() {
    try {
      timer.schedule(this::flushOnTime, WAIT_MILLIS, TimeUnit.MILLISECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      LOG.debug("Closing: acknowledging at once");
    }
    return scheduled;
  }

  private void flushOnTime() {
    synchronized (this) {
      scheduled = false;
    }
    flush();
    synchronized (this) {
      if (!waiting.isEmpty() && !scheduled) {
        schedule();
      }
    }
  }

  private void flush() {
    List<Waiting> told = new ArrayList<>();
    boolean reached;
    synchronized (this) {
      reached = tell(() -> tellAll(told));
    }
    for (Waiting one : told) {
      one.delivery().settled(reached ? one.outcome() : ConsumedDelivery.Outcome.LOST);
    }
  }

  private void tellAll(List<Waiting> told) throws IOException {
    SortedMap<Long, Waiting> together =
        unsettled.isEmpty() ? waiting : waiting.headMap(unsettled.first());
    long last = together.isEmpty() ? 0 : together.lastKey();
    // What is told is taken first: on a closed channel it is lost all the same.
    told.addAll(together.values());
    together.clear();
    List<Long> alone = new ArrayList<>();
    waiting.forEach(
        (tag, one) -> {
          if (one.beforeRound() <= round || !channel.isOpen()) {
            told.add(one);
            alone.add(tag);
          }
        });
    waiting.keySet().removeAll(alone);
    round++;
    if (last > 0) {
      channel.basicAck(last, true);
    }
    for (long tag : alone) {
      channel.basicAck(tag, false);
    }
  }

  private static boolean tell(Telling telling) {
    try {
      telling.tell();
      return true;
    } catch (IOException | AlreadyClosedException e) {
      LOG.debug("Settling after the connection broke, the broker sends it again", e);
      return false;
    }
  }
}
