package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What goes over this machine's network interfaces, by the kernel's counters; loopback does not
 * count. Of several interfaces the busiest is meant: what a container sends passes over three.
 */
public final class LineTraffic {
  private static final String LOOPBACK = "lo";

  /** Of the numbers behind an interface's name, those of bytes received and sent. */
  private static final int RECEIVED = 0;

  private static final int SENT = 8;

  private final Path counters;

  /**
   * Of this machine; where there are no such counters, as on macOS and Windows, nothing is told.
   */
  public LineTraffic() {
    this(Path.of("/proc/net/dev"));
  }

  /**
   * Of counters in a file.
   *
   * @param counters in the form of Linux' {@code /proc/net/dev}, proc(5)
   */
  LineTraffic(Path counters) {
    this.counters = requireNonNull(counters, "counters");
  }

  private record Bytes(long received, long sent) {}

  /**
   * Looks for a while.
   *
   * @return in bit/s, of the busier direction of the busiest interface; empty: it cannot be known
   * @throws InterruptedException while looking
   */
  public OptionalLong bitsPerSecond(Duration during) throws InterruptedException {
    Map<String, Bytes> before = read();
    long start = System.nanoTime();
    TimeUnit.NANOSECONDS.sleep(during.toNanos());
    Map<String, Bytes> after = read();
    double seconds = (System.nanoTime() - start) / 1e9;
    return after.entrySet().stream()
        .filter(entry -> before.containsKey(entry.getKey()))
        .mapToLong(entry -> grown(before.get(entry.getKey()), entry.getValue()))
        .map(bytes -> Math.round(bytes * Byte.SIZE / seconds))
        .max();
  }

  /** A counter that was set back tells nothing. */
  private static long grown(Bytes before, Bytes after) {
    return Math.max(
        0, Math.max(after.received() - before.received(), after.sent() - before.sent()));
  }

  private Map<String, Bytes> read() {
    Map<String, Bytes> found = new HashMap<>();
    for (String line : lines()) {
      int colon = line.lastIndexOf(':');
      String name = colon < 0 ? LOOPBACK : line.substring(0, colon).strip();
      String[] numbers = line.substring(colon + 1).strip().split("\\s+");
      if (!name.equals(LOOPBACK) && numbers.length > SENT) {
        try {
          found.put(
              name, new Bytes(Long.parseLong(numbers[RECEIVED]), Long.parseLong(numbers[SENT])));
        } catch (NumberFormatException e) {
          // One of the lines above the counters.
          continue;
        }
      }
    }
    return found;
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(counters, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return List.of();
    }
  }
}
