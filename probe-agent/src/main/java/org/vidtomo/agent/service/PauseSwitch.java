package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.Subscription;

/**
 * Lets the machine's owner stop the agent from taking tasks, by a file: it holds also over restarts
 * and while no agent runs. A measurement that has begun ends, which takes three minutes at most:
 * half of one would have cost its bytes and told nothing.
 */
final class PauseSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(PauseSwitch.class);

  private final Path file;
  private volatile boolean paused;

  PauseSwitch(Path file) {
    this.file = requireNonNull(file, "file");
    this.paused = Files.exists(file);
  }

  /** Whether no tasks are taken, as far as was last looked. */
  boolean paused() {
    return paused;
  }

  /**
   * Looks, and does what the owner wants.
   *
   * @return whether something changed
   */
  boolean look(Subscription tasks) {
    boolean wanted = Files.exists(file);
    boolean changed = wanted != paused;
    if (wanted) {
      // In this order: a task that is given back must not come again at once.
      tasks.pause();
      paused = true;
    } else {
      paused = false;
      tasks.resume();
    }
    if (changed) {
      LOG.info(wanted ? "paused by its owner" : "resumed by its owner");
    }
    return changed;
  }

  /** Gives back what the broker had sent before it was told. */
  Handler guarding(Handler handler) {
    return (Delivery delivery) -> {
      if (paused) {
        delivery.requeue();
      } else {
        handler.handle(delivery);
      }
    };
  }
}
