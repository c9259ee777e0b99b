package org.vidtomo.bench;

import com.rabbitmq.perf.PerfTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.testkit.ChildJvm;

/**
 * RabbitMQ's own perf-test: one publisher of persistent, mandatory messages to a durable queue,
 * with so many unconfirmed at once as our publisher allows itself.
 */
final class PerfTestPeer {
  private static final int MESSAGES = 100_000;
  private static final int UNCONFIRMED = 1_000;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern RATE = Pattern.compile("sending rate avg: (\\d+) msg/s");

  private PerfTestPeer() {}

  /** Confirmed messages per second. */
  static double perSecond(URI broker, int bytes) {
    try (ChildJvm child =
        ChildJvm.start(PerfTest.class, List.of(), Map.of(), arguments(broker, bytes))) {
      child.awaitExit(LIMIT);
      Matcher rate = RATE.matcher(child.output());
      if (!rate.find()) {
        throw new IllegalStateException("perf-test told no rate:\n" + child.output());
      }
      return Double.parseDouble(rate.group(1));
    }
  }

  private static String[] arguments(URI broker, int bytes) {
    return new String[] {
      "--uri", broker.toString(),
      "--queue", "perf-test",
      "--auto-delete", "false",
      "--flag", "persistent",
      "--flag", "mandatory",
      "--producers", "1",
      "--consumers", "0",
      "--confirm", String.valueOf(UNCONFIRMED),
      "--size", String.valueOf(bytes),
      "--pmessages", String.valueOf(MESSAGES)
    };
  }
}
