package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.spool.FinishedTasks;
import org.vidtomo.agent.spool.Spool;
import org.vidtomo.agent.spool.SpooledReport;
import org.vidtomo.agent.spool.TaskKey;
import org.vidtomo.messaging.Backoff;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Publisher;
import org.vidtomo.messaging.Topology;

/**
 * Sees to it that every report reaches the broker: keeps it on disk, publishes it until it is
 * confirmed, and forgets it then. One thread, oldest report first. Thread-safe.
 */
final class ReportSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReportSender.class);
  private static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SHORTEST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(30);
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private static final long FLUSH_MILLIS = 500;

  /** After days offline thousands may wait: the broker must not take them for a flood. */
  private static final long PACE_NANOS = TimeUnit.SECONDS.toNanos(1) / 20;

  /** So many in a row, and the broker is what is wrong, not a report. */
  private static final int FAILURES_TO_STOP = 3;

  private final Spool spool;
  private final FinishedTasks finished;
  private final Publisher publisher;
  private final Map<TaskKey, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
  // Reports that the disk did not take; better sent without a safety net than lost.
  private final Queue<SpooledReport> unspooled = new ConcurrentLinkedQueue<>();
  private final Clock clock;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread;
  private volatile Optional<String> diskProblem = Optional.empty();
  private volatile Optional<String> brokerProblem = Optional.empty();
  private volatile Optional<Instant> lastConfirmed = Optional.empty();
  private volatile boolean closing;
  private long nextNanos = System.nanoTime();

  /**
   * A sender that does not send yet.
   *
   * @param name of its thread
   */
  ReportSender(String name, Spool spool, FinishedTasks finished, Publisher publisher, Clock clock) {
    this.spool = requireNonNull(spool, "spool");
    this.finished = requireNonNull(finished, "finished");
    this.publisher = requireNonNull(publisher, "publisher");
    this.clock = requireNonNull(clock, "clock");
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Reconciles the journal with the spool, and begins to send what a former process left. */
  void start() throws IOException {
    for (TaskKey lost : spool.damagedTasks()) {
      finished.remove(lost);
    }
    List<Spool.Entry> left = spool.pending();
    for (Spool.Entry entry : left) {
      if (!finished.contains(entry.task())) {
        finished.add(entry.task());
      }
    }
    if (!left.isEmpty()) {
      LOG.info("sending reports of a former run reports={} bytes={}", left.size(), spool.bytes());
    }
    work.release();
    thread.start();
  }

  /**
   * Takes over a report. It is on disk, and its task known as finished, once this returns.
   *
   * @return completes when the broker has it, or when it had to be given up
   */
  CompletableFuture<Void> send(SpooledReport report) {
    try {
      spool.append(report);
      finished.add(report.task());
      diskProblem = Optional.empty();
    } catch (IOException e) {
      LOG.warn("a report cannot be kept on disk, a crash now would lose it", e);
      diskProblem = Optional.of("the spool cannot be written, free space on its disk: " + e);
      if (!spool.holds(report.task())) {
        unspooled.add(report);
      }
    }
    CompletableFuture<Void> confirmed = confirmation(report.task());
    work.release();
    return confirmed;
  }

  /** Whether a task was measured by this agent before. */
  boolean isFinished(TaskKey task) {
    return finished.contains(task) || spool.holds(task);
  }

  /** Completes when no report of the task waits any more. */
  CompletableFuture<Void> confirmation(TaskKey task) {
    CompletableFuture<Void> confirmed =
        waiting.computeIfAbsent(task, t -> new CompletableFuture<>());
    // What was confirmed between is found by the next round's sweep.
    work.release();
    return confirmed;
  }

  /** What hinders it, for health. */
  Optional<String> problem() {
    return diskProblem.or(() -> brokerProblem);
  }

  /** When the broker last took a report of this process. */
  Optional<Instant> lastConfirmed() {
    return lastConfirmed;
  }

  /** Waits at most two seconds for what is under way, then leaves the rest to the next start. */
  @Override
  public void close() {
    closing = true;
    work.release();
    try {
      thread.join(brokerProblem.isPresent() ? 100 : FLUSH_MILLIS);
      thread.interrupt();
      thread.join(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Backoff backoff = new Backoff(SHORTEST_BACKOFF, LONGEST_BACKOFF);
    try {
      while (true) {
        boolean sent = sendAll();
        sweep();
        if (closing) {
          return;
        }
        if (sent) {
          backoff.succeeded(System.nanoTime());
          work.tryAcquire(IDLE_MILLIS, TimeUnit.MILLISECONDS);
          spool.dropOld();
        } else {
          TimeUnit.NANOSECONDS.sleep(backoff.next(System.nanoTime()).toNanos());
        }
        work.drainPermits();
      }
    } catch (InterruptedException e) {
      LOG.debug("sending reports ends left={}", spool.records());
    }
  }

  private boolean sendAll() throws InterruptedException {
    int failures = 0;
    for (SpooledReport report : List.copyOf(unspooled)) {
      if (publish(report)) {
        unspooled.remove(report);
      } else {
        failures++;
      }
    }
    for (Spool.Entry entry : spool.pending()) {
      if (failures >= FAILURES_TO_STOP || failures > 0 && closing) {
        return false;
      }
      if (!publish(entry)) {
        failures++;
      }
    }
    return failures == 0;
  }

  private boolean publish(Spool.Entry entry) throws InterruptedException {
    try {
      Optional<SpooledReport> report = spool.read(entry);
      if (report.isPresent() && !publish(report.get())) {
        return false;
      }
      spool.remove(entry);
      return true;
    } catch (IOException e) {
      diskProblem = Optional.of("the spool cannot be read: " + e);
      return false;
    }
  }

  private boolean publish(SpooledReport report) throws InterruptedException {
    keepPace();
    try {
      publisher.publishAndWait(
          OutgoingMessage.json(
              Topology.REPORTS,
              report.routingKey(),
              report.body(),
              report.headers(),
              report.messageId()),
          PUBLISH_TIMEOUT);
      brokerProblem.ifPresent(p -> LOG.info("reports reach the broker again"));
      brokerProblem = Optional.empty();
      lastConfirmed = Optional.of(clock.instant());
      return true;
    } catch (MessagingException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (brokerProblem.isEmpty()) {
        LOG.warn(
            "a report waits on disk, trying on waiting={}: {}", spool.records(), e.getMessage());
      }
      brokerProblem = Optional.of(e.getMessage());
      return false;
    }
  }

  private void keepPace() throws InterruptedException {
    long now = System.nanoTime();
    if (nextNanos - now > 0) {
      TimeUnit.NANOSECONDS.sleep(nextNanos - now);
    }
    nextNanos = System.nanoTime() + PACE_NANOS;
  }

  /** Completes what waits for reports that are neither on disk nor in memory any more. */
  private void sweep() {
    waiting
        .keySet()
        .removeIf(
            task -> {
              if (spool.holds(task) || unspooled.stream().anyMatch(r -> r.task().equals(task))) {
                return false;
              }
              waiting.get(task).complete(null);
              return true;
            });
  }
}
