package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.run.Instrument;
import org.vidtomo.runtime.settings.Quantities;

/**
 * Puts measurements off while others use the line: beside a film that someone watches the ISP would
 * look slow, and the film would stop.
 */
final class BusyLine {
  private static final Logger LOG = LoggerFactory.getLogger(BusyLine.class);

  /** An idle line holds a measurement up no longer than that. */
  private static final Duration GLANCE = Duration.ofMillis(250);

  /** A page that is opened is over in less. */
  private static final Duration LOOK = Duration.ofSeconds(2);

  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final int PAUSES = 3;

  private static final long STEP_MILLIS = 200;

  private final Traffic traffic;
  private final long busyAboveBps;
  private final Pauses pauses;
  private final Clock clock;
  private final Runnable postponed;

  /** What goes over the line. */
  interface Traffic {
    /** Looks so long; bit/s, empty: it cannot be known. */
    OptionalLong bitsPerSecond(Duration during) throws InterruptedException;
  }

  /** Waits. */
  interface Pauses {
    /** Waits so long, less if it is to end; whether it waited to the end. */
    boolean pause(Duration length, BooleanSupplier ends) throws InterruptedException;
  }

  /** What came of waiting. */
  enum Found {
    FREE,
    /** Others used it all the time. */
    BUSY,
    /** The agent is to end. */
    ENDING
  }

  /**
   * A line.
   *
   * @param busyAboveBps of others, in one direction; 0: whatever goes over it
   * @param postponed is run each time that a measurement is put off
   */
  BusyLine(Traffic traffic, long busyAboveBps, Pauses pauses, Clock clock, Runnable postponed) {
    this.traffic = requireNonNull(traffic, "traffic");
    this.busyAboveBps = busyAboveBps;
    this.pauses = requireNonNull(pauses, "pauses");
    this.clock = requireNonNull(clock, "clock");
    this.postponed = requireNonNull(postponed, "postponed");
  }

  /** Of this machine. */
  static BusyLine of(Traffic traffic, long busyAboveBps, Clock clock, Runnable postponed) {
    return new BusyLine(traffic, busyAboveBps, BusyLine::sleep, clock, postponed);
  }

  /**
   * Waits until the line is free, three times half a minute at most, and not so long that the lease
   * would end before the measurement.
   */
  Found awaitFree(Instant leaseUntil, BooleanSupplier ends) throws InterruptedException {
    for (int paused = 0; isBusy(); paused++) {
      // A report after its lease's end counts no more.
      Instant after = clock.instant().plus(PAUSE).plus(Instrument.LONGEST);
      if (paused == PAUSES || after.isAfter(leaseUntil)) {
        return Found.BUSY;
      }
      postponed.run();
      if (!pauses.pause(PAUSE, ends)) {
        return Found.ENDING;
      }
    }
    return Found.FREE;
  }

  private boolean isBusy() throws InterruptedException {
    if (busyAboveBps == 0 || !isAbove(traffic.bitsPerSecond(GLANCE))) {
      return false;
    }
    OptionalLong rate = traffic.bitsPerSecond(LOOK);
    if (isAbove(rate)) {
      LOG.info(
          "a measurement is put off, others use the line: rate={} busyAbove={}",
          Quantities.rateText(rate.getAsLong()),
          Quantities.rateText(busyAboveBps));
    }
    return isAbove(rate);
  }

  private boolean isAbove(OptionalLong rate) {
    return rate.isPresent() && rate.getAsLong() > busyAboveBps;
  }

  private static boolean sleep(Duration length, BooleanSupplier ends) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() - end < 0) {
      if (ends.getAsBoolean()) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
    }
    return true;
  }
}
