package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.run.Instrument;
import org.vidtomo.agent.run.MeasurementRequest;
import org.vidtomo.agent.spool.SpooledReport;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.Capabilities;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.wire.WireException;
import org.vidtomo.messaging.Delivery;

/**
 * Measures one task after the other on one thread: verify, measure unless done before, hand the
 * report over, and ack the task once the broker has the report.
 */
final class TaskWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskWorker.class);

  /** An interrupted measurement ends sooner. */
  private static final long INTERRUPT_MILLIS = 1_000;

  private static final long POLL_MILLIS = 200;

  private final AssignmentVerifier verifier;
  private final AgentPolicy policy;
  private final BusyLine line;
  private final Instrument instrument;
  private final OwnReports own;
  private final ReportPacker packer;
  private final ReportSender sender;
  private final AgentMetrics metrics;
  private final List<String> capabilities = AgentCapabilities.here();
  private final Duration drain;
  private final BlockingQueue<Delivery> tasks = new LinkedBlockingQueue<>();
  private final AtomicReference<Optional<UUID>> running = new AtomicReference<>(Optional.empty());
  private final Thread thread;
  private boolean measuring;
  private volatile Listener listener;
  private volatile boolean closing;

  /** Hears of the work, on the measuring thread; must return quickly. */
  interface Listener {
    void began(Assignment task);

    void ended();

    /** A report was handed over to be sent. */
    void reported(Report report);
  }

  /**
   * A worker without work.
   *
   * @param name of its thread
   */
  TaskWorker(
      String name,
      AssignmentVerifier verifier,
      AgentPolicy policy,
      BusyLine line,
      Instrument instrument,
      OwnReports own,
      ReportPacker packer,
      ReportSender sender,
      AgentMetrics metrics,
      Duration drain) {
    this.verifier = requireNonNull(verifier, "verifier");
    this.policy = requireNonNull(policy, "policy");
    this.line = requireNonNull(line, "line");
    this.instrument = requireNonNull(instrument, "instrument");
    this.own = requireNonNull(own, "own");
    this.packer = requireNonNull(packer, "packer");
    this.sender = requireNonNull(sender, "sender");
    this.metrics = requireNonNull(metrics, "metrics");
    this.drain = requireNonNull(drain, "drain");
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  /** Begins to work. */
  void start(Listener hears) {
    listener = requireNonNull(hears, "hears");
    thread.start();
  }

  /** Takes a task over; it is settled later. */
  void take(Delivery delivery) {
    tasks.add(delivery);
  }

  /** The task that is being measured. */
  Optional<UUID> running() {
    return running.get();
  }

  /**
   * Lets the running measurement end if it does so soon, and gives up what is left: those tasks go
   * back to the queue and are measured after the next start.
   */
  @Override
  public void close() {
    closing = true;
    try {
      if (running().isPresent()) {
        thread.join(drain.toMillis());
      }
      interruptMeasurement();
      thread.join(INTERRUPT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Delivery> left = new ArrayList<>();
    tasks.drainTo(left);
    left.forEach(Delivery::requeue);
  }

  private void run() {
    try {
      while (!closing) {
        Delivery delivery = tasks.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (delivery != null) {
          processSafely(delivery);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("measuring ends");
    }
  }

  private void processSafely(Delivery delivery) {
    metrics.taken.increment();
    try {
      process(delivery);
    } catch (InterruptedException e) {
      // Nobody interrupts but a measurement; the broker gives the task out again.
      LOG.debug("a task waited for the line when its thread was ended", e);
      delivery.requeue();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Given back, it would come again at once; so, its lease's end gives it to another agent.
      LOG.error("a task could not be worked on, it stays unreported", e);
      delivery.ack();
    } finally {
      running.set(Optional.empty());
      listener.ended();
    }
  }

  private void process(Delivery delivery) throws InterruptedException {
    VerifiedAssignment task;
    try {
      task = verifier.verify(delivery.body(), delivery.headers());
    } catch (TrustException | WireException e) {
      LOG.debug("a task is refused: {}", e.getMessage());
      metrics.refused.increment();
      delivery.poison("refused by the agent: " + e.getMessage());
      return;
    }
    if (sender.isFinished(task.key())) {
      LOG.info("a task came again, it is measured already task={}", task.assignment().taskId());
      metrics.repeated.increment();
      sender.confirmation(task.key()).thenRun(delivery::ack);
      return;
    }
    Report report = report(task);
    if (wasInterrupted(report)) {
      LOG.info("a measurement was interrupted, its task goes back task={}", task.key().taskId());
      metrics.interrupted.increment();
      delivery.requeue();
      return;
    }
    sender.send(pack(task, report)).thenRun(delivery::ack);
    metrics.measured(report.outcome());
    listener.reported(report);
  }

  private Report report(VerifiedAssignment task) throws InterruptedException {
    Assignment assignment = task.assignment();
    List<String> missing = Capabilities.missing(assignment.parameters(), capabilities);
    if (!missing.isEmpty()) {
      LOG.info("a task asks for more than this agent can task={}", assignment.taskId());
      return own.refused(task, "this agent lacks " + String.join(", ", missing));
    }
    return switch (line.awaitFree(assignment.leaseUntil(), () -> closing)) {
      case FREE -> measured(task);
      case BUSY -> own.busy(task);
      case ENDING -> own.interrupted(task);
    };
  }

  private Report measured(VerifiedAssignment task) {
    Assignment assignment = task.assignment();
    running.set(Optional.of(assignment.taskId()));
    listener.began(assignment);
    measuring(true);
    try {
      return instrument.measure(
          new MeasurementRequest(
              assignment.url(),
              policy.limit(assignment.parameters()),
              Optional.of(task.inReport())));
    } catch (RuntimeException e) {
      LOG.error("the instrument failed task={}", assignment.taskId(), e);
      return own.failed(task, "the agent itself failed: " + e);
    } finally {
      measuring(false);
    }
  }

  /** Only a measurement may be interrupted: an interrupted write to a file closes that file. */
  private synchronized void interruptMeasurement() {
    if (measuring) {
      thread.interrupt();
    }
  }

  private synchronized void measuring(boolean now) {
    measuring = now;
    Thread.interrupted();
  }

  private SpooledReport pack(VerifiedAssignment task, Report report) {
    try {
      return packer.pack(task, report);
    } catch (IllegalStateException e) {
      LOG.error("a report cannot be sent task={}", task.assignment().taskId(), e);
      return packer.pack(task, own.failed(task, e.getMessage()));
    }
  }

  /** Interrupted by {@link #close}, that is: whatever else interrupts is a result. */
  private boolean wasInterrupted(Report report) {
    return closing
        && report.outcome() != Outcome.OK
        && report.failure().filter(f -> f.kind() == FailureKind.INTERRUPTED).isPresent();
  }
}
