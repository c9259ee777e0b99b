package org.vidtomo.coordinator.flood;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.vidtomo.runtime.settings.Settings;

/**
 * What an agent may send before it is taken for a flood, on average over a while and in a day. One
 * that works sends a report every few minutes, and 20 a second after it was cut off for days.
 *
 * @param messagesPerSecond published; above 0
 * @param bytesPerSecond received from it; above 0
 * @param bytesPerDay received from it in any 24 hours: slow floods fill queues too; above 0
 * @param connectionsPerMinute opened; above 0
 * @param hold over how long; above 0
 */
public record FloodLimits(
    int messagesPerSecond,
    long bytesPerSecond,
    long bytesPerDay,
    int connectionsPerMinute,
    Duration hold) {
  public static final FloodLimits DEFAULTS =
      new FloodLimits(50, 2_000_000, 512_000_000, 30, Duration.ofSeconds(20));

  public FloodLimits {
    requireNonNull(hold, "hold");
    if (messagesPerSecond < 1
        || bytesPerSecond < 1
        || bytesPerDay < 1
        || connectionsPerMinute < 1) {
      throw new IllegalArgumentException("limits of a flood must be >= 1");
    }
    if (hold.isZero() || hold.isNegative()) {
      throw new IllegalArgumentException("hold must be > 0, is " + hold);
    }
  }

  /** From a process's settings. */
  public static FloodLimits from(Settings settings) {
    return new FloodLimits(
        settings.integer(
            "coordinator.flood.messages", DEFAULTS.messagesPerSecond(), 1, 1_000_000_000),
        settings.bytes("coordinator.flood.bytes", DEFAULTS.bytesPerSecond()),
        settings.bytes("coordinator.flood.day", DEFAULTS.bytesPerDay()),
        DEFAULTS.connectionsPerMinute(),
        settings.duration("coordinator.flood.hold", DEFAULTS.hold()));
  }
}
