package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.status.AgentStatus;
import org.vidtomo.agent.status.StatusBoard;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.messaging.Subscription;

/**
 * Keeps the agent and its owner in touch, on a thread of its own: looks every second whether the
 * agent is to pause, keeps its status on disk, and has heartbeats tell of changes at once.
 */
final class AgentWatch implements TaskWorker.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentWatch.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 500;

  private final PauseSwitch pause;
  private final StatusBoard board;
  private final DataBudget budget;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "agent-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Optional<AgentStatus.Measuring> measuring = Optional.empty();
  private volatile Runnable beat = () -> {};

  AgentWatch(PauseSwitch pause, StatusBoard board, DataBudget budget, Clock clock) {
    this.pause = requireNonNull(pause, "pause");
    this.board = requireNonNull(board, "board");
    this.budget = requireNonNull(budget, "budget");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Begins to watch.
   *
   * @param tasks paused as the owner says
   * @param beatNow sends a heartbeat
   */
  void start(Subscription tasks, Runnable beatNow) {
    beat = requireNonNull(beatNow, "beatNow");
    timer.scheduleWithFixedDelay(() -> look(tasks), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What is being measured. */
  Optional<AgentStatus.Measuring> measuring() {
    return measuring;
  }

  @Override
  public void began(Assignment task) {
    measuring = Optional.of(new AgentStatus.Measuring(task.url(), clock.instant()));
    changed();
  }

  @Override
  public void ended() {
    measuring = Optional.empty();
    changed();
  }

  @Override
  public void reported(Report report) {
    board.measured(report);
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      timer.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void changed() {
    budget.settle();
    beat.run();
    try {
      timer.execute(board::refresh);
    } catch (RejectedExecutionException e) {
      LOG.debug("the status is written once more when the agent has ended");
    }
  }

  private void look(Subscription tasks) {
    try {
      if (pause.look(tasks)) {
        beat.run();
      }
      board.refresh();
    } catch (RuntimeException e) {
      LOG.warn("looking after the agent failed", e);
    }
  }
}
