package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.memory.BoundedMaps;

/**
 * Counts wrong tokens by who sends them, so that nobody can try many. An address that sent too many
 * has to wait until its window is over; once there are too many in all, each address has one try a
 * window. An address that sent none wrong never waits. Thread-safe, of bounded memory.
 */
public final class TokenGuard {
  /** More addresses are not remembered at once: those that were first are forgotten first. */
  static final int MOST_ADDRESSES = 10_000;

  /** An owner of one IPv6 address mostly has 2^64 (RFC 6177). */
  private static final int IPV6_BYTES = 8;

  private final Limits limits;
  private final Clock clock;
  private final Map<String, Count> counts = BoundedMaps.byAge(MOST_ADDRESSES);
  private Count all;

  /**
   * How many wrong ones.
   *
   * @param perAddress in one window
   * @param inAll in one window
   */
  public record Limits(int perAddress, int inAll, Duration window) {
    public Limits {
      requireNonNull(window, "window");
      if (perAddress < 1 || inAll < perAddress) {
        throw new IllegalArgumentException("limits must be at least 1, in all not fewer");
      }
    }
  }

  private record Count(int wrong, Instant until) {
    private Count next() {
      return new Count(wrong + 1, until);
    }
  }

  public TokenGuard(Limits limits, Clock clock) {
    this.limits = requireNonNull(limits, "limits");
    this.clock = requireNonNull(clock, "clock");
    all = new Count(0, clock.instant());
  }

  /**
   * How long an address has to wait before a token of it is looked at; empty: not at all.
   *
   * @param address a literal one
   */
  public synchronized Optional<Duration> waits(String address) {
    Instant now = clock.instant();
    Count count = counts.get(key(address));
    if (count == null || !now.isBefore(count.until())) {
      return Optional.empty();
    }
    boolean many = now.isBefore(all.until()) && all.wrong() >= limits.inAll();
    return count.wrong() >= (many ? 1 : limits.perAddress())
        ? Optional.of(Duration.between(now, count.until()))
        : Optional.empty();
  }

  /** Notes that an address sent a wrong token. */
  public synchronized void wrong(String address) {
    Instant now = clock.instant();
    all = counted(all, now);
    String key = key(address);
    Count count = counted(counts.remove(key), now);
    counts.put(key, count);
  }

  private Count counted(Count count, Instant now) {
    boolean over = count == null || !now.isBefore(count.until());
    return (over ? new Count(0, now.plus(limits.window())) : count).next();
  }

  /** In whole seconds, for the header Retry-After. */
  public static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }

  private static String key(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return HexFormat.of().formatHex(bytes.length > 4 ? Arrays.copyOf(bytes, IPV6_BYTES) : bytes);
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
