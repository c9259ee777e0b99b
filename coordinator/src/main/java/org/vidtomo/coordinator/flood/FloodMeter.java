package org.vidtomo.coordinator.flood;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vidtomo.messaging.admin.Usage;

/** Makes rates of what the broker counted. Not thread-safe. */
final class FloodMeter {
  /** An agent that starts, or whose line comes back, opens some at once. */
  private static final int FEW_CONNECTIONS = 10;

  /** An agent has one; RabbitMQ before 3.13 lets it have as many as its memory holds. */
  private static final int MOST_CONSUMERS = 100;

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration KEPT_EVERY = Duration.ofMinutes(30);

  private final FloodLimits limits;
  private final Map<String, Looks> looks = new HashMap<>();

  /** What was counted at one moment. */
  private record Look(Instant at, Usage usage) {}

  /**
   * At one user.
   *
   * @param recent within the hold and one more
   * @param ofDay some of those within a day
   */
  private record Looks(Deque<Look> recent, Deque<Look> ofDay) {
    Looks() {
      this(new ArrayDeque<>(), new ArrayDeque<>());
    }

    void clear() {
      recent.clear();
      ofDay.clear();
    }
  }

  FloodMeter(FloodLimits limits) {
    this.limits = requireNonNull(limits, "limits");
  }

  /**
   * Takes what is counted now.
   *
   * @return users that send too much, with how much; each once, its counting begins anew
   */
  Map<String, String> floods(Map<String, Usage> counted, Instant now) {
    looks.keySet().retainAll(counted.keySet());
    Map<String, String> floods = new TreeMap<>();
    counted.forEach(
        (user, usage) -> {
          Looks its = looks.computeIfAbsent(user, u -> new Looks());
          excess(its, new Look(now, usage))
              .ifPresent(
                  much -> {
                    floods.put(user, much);
                    its.clear();
                  });
        });
    return floods;
  }

  private Optional<String> excess(Looks its, Look last) {
    if (!its.recent().isEmpty() && isBelow(last.usage(), its.recent().getLast().usage())) {
      // The broker began to count anew.
      its.clear();
    }
    Optional<String> recent = recent(its.recent(), last);
    Optional<String> ofDay = ofDay(its.ofDay(), last);
    return recent.or(() -> ofDay).or(() -> consuming(last.usage()));
  }

  private static Optional<String> consuming(Usage usage) {
    return usage.consumers() > MOST_CONSUMERS
        ? Optional.of("%d consumers (%d allowed)".formatted(usage.consumers(), MOST_CONSUMERS))
        : Optional.empty();
  }

  private Optional<String> recent(Deque<Look> its, Look last) {
    its.add(last);
    Instant from = last.at().minus(limits.hold());
    if (its.getFirst().at().isAfter(from)) {
      return Optional.empty();
    }
    // The first that stays is the latest of those that are old enough to be compared with.
    Look first = its.removeFirst();
    while (!its.getFirst().at().isAfter(from)) {
      first = its.removeFirst();
    }
    its.addFirst(first);
    return excess(first, last);
  }

  private Optional<String> ofDay(Deque<Look> its, Look last) {
    while (!its.isEmpty() && its.getFirst().at().isBefore(last.at().minus(DAY))) {
      its.removeFirst();
    }
    if (its.isEmpty() || !last.at().isBefore(its.getLast().at().plus(KEPT_EVERY))) {
      its.add(last);
    }
    long bytes = last.usage().bytes() - its.getFirst().usage().bytes();
    return bytes > limits.bytesPerDay()
        ? Optional.of("%d bytes in a day (%d allowed)".formatted(bytes, limits.bytesPerDay()))
        : Optional.empty();
  }

  private static boolean isBelow(Usage now, Usage before) {
    return now.messages() < before.messages()
        || now.bytes() < before.bytes()
        || now.connections() < before.connections();
  }

  private Optional<String> excess(Look first, Look last) {
    double seconds = Duration.between(first.at(), last.at()).toMillis() / 1_000.0;
    double messages = (last.usage().messages() - first.usage().messages()) / seconds;
    double bytes = (last.usage().bytes() - first.usage().bytes()) / seconds;
    long opened = last.usage().connections() - first.usage().connections();
    double connections = 60 * opened / seconds;
    List<String> over = new ArrayList<>();
    if (messages > limits.messagesPerSecond()) {
      over.add("%.0f messages/s (%d allowed)".formatted(messages, limits.messagesPerSecond()));
    }
    if (bytes > limits.bytesPerSecond()) {
      over.add("%.0f bytes/s (%d allowed)".formatted(bytes, limits.bytesPerSecond()));
    }
    if (opened > FEW_CONNECTIONS && connections > limits.connectionsPerMinute()) {
      over.add(
          "%.0f connections/min (%d allowed)"
              .formatted(connections, limits.connectionsPerMinute()));
    }
    return over.isEmpty()
        ? Optional.empty()
        : Optional.of("%s over %.0f s".formatted(String.join(", ", over), seconds));
  }
}
