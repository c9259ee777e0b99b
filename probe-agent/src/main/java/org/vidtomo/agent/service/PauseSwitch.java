package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.policy.QuietHours;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Handler;
import org.vidtomo.messaging.Subscription;

/**
 * Has the agent take no tasks: while its owner says so, by a file, which holds also over restarts
 * and while no agent runs, and in quiet hours. A measurement that has begun ends, which takes three
 * minutes at most: half of one would have cost its bytes and told nothing.
 */
final class PauseSwitch {
  private static final Logger LOG = LoggerFactory.getLogger(PauseSwitch.class);

  private final Path file;
  private final QuietHours hours;
  private final Clock clock;
  private final ZoneId zone;
  private volatile boolean paused;
  private volatile Optional<Instant> quietUntil = Optional.empty();

  /**
   * As it is now.
   *
   * @param zone of the clock on the wall
   */
  PauseSwitch(Path file, QuietHours hours, Clock clock, ZoneId zone) {
    this.file = requireNonNull(file, "file");
    this.hours = requireNonNull(hours, "hours");
    this.clock = requireNonNull(clock, "clock");
    this.zone = requireNonNull(zone, "zone");
    this.paused = Files.exists(file);
    this.quietUntil = quiet();
  }

  /** Whether its owner lets it take no tasks, as far as was last looked. */
  boolean paused() {
    return paused;
  }

  /** When the quiet hours end, while they last. */
  Optional<Instant> quietUntil() {
    return quietUntil;
  }

  /** Whether no tasks are taken, for whichever reason. */
  boolean rests() {
    return paused || quietUntil.isPresent();
  }

  /**
   * Looks, and does what the owner wants.
   *
   * @return whether something changed
   */
  boolean look(Subscription tasks) {
    boolean wasPaused = paused;
    boolean wasQuiet = quietUntil.isPresent();
    boolean wanted = Files.exists(file);
    Optional<Instant> quiet = quiet();
    if (wanted || quiet.isPresent()) {
      // In this order: a task that is given back must not come again at once.
      tasks.pause();
      paused = wanted;
      quietUntil = quiet;
    } else {
      paused = false;
      quietUntil = quiet;
      tasks.resume();
    }
    if (wanted != wasPaused) {
      LOG.info(wanted ? "paused by its owner" : "resumed by its owner");
    }
    if (quiet.isPresent() != wasQuiet) {
      LOG.info(
          wasQuiet ? "the quiet hours have ended" : "quiet hours until {}", quiet.orElse(null));
    }
    return wanted != wasPaused || quiet.isPresent() != wasQuiet;
  }

  private Optional<Instant> quiet() {
    Instant now = clock.instant();
    LocalDateTime local = LocalDateTime.ofInstant(now, zone);
    if (!hours.at(local)) {
      return Optional.empty();
    }
    Optional<Instant> known = quietUntil.filter(now::isBefore);
    return known.isPresent()
        ? known
        : Optional.of(
            hours
                .endsAfter(local)
                .map(end -> end.atZone(zone).toInstant())
                .orElse(now.plus(7, ChronoUnit.DAYS)));
  }

  /** Gives back what the broker had sent before it was told. */
  Handler guarding(Handler handler) {
    return (Delivery delivery) -> {
      if (rests()) {
        delivery.requeue();
      } else {
        handler.handle(delivery);
      }
    };
  }
}
