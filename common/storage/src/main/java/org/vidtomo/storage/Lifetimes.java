package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How long rows live after they were written; zero: for ever; absent: as the tables say now.
 *
 * @param reports the signed reports: nothing can be derived again of those that are gone
 * @param measurements what is derived from them, and the index made of it
 */
public record Lifetimes(Optional<Duration> reports, Optional<Duration> measurements) {
  /** As the tables say. */
  public static final Lifetimes UNCHANGED = new Lifetimes(Optional.empty(), Optional.empty());

  /** Cassandra takes no more. */
  private static final Duration MOST = Duration.ofDays(20 * 365);

  private static final Duration LEAST = Duration.ofHours(1);

  public Lifetimes {
    check("reports", requireNonNull(reports, "reports"));
    check("measurements", requireNonNull(measurements, "measurements"));
  }

  private static void check(String what, Optional<Duration> lifetime) {
    lifetime
        .filter(each -> !each.isZero())
        .filter(each -> each.compareTo(LEAST) < 0 || each.compareTo(MOST) > 0)
        .ifPresent(
            each -> {
              throw new IllegalArgumentException(
                  "%s must live 0s (for ever) or %d hour to %d days, is %d s"
                      .formatted(what, LEAST.toHours(), MOST.toDays(), each.toSeconds()));
            });
  }
}
