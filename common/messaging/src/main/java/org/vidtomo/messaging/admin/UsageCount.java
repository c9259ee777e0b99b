package org.vidtomo.messaging.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds up what RabbitMQ counts of each connection and channel: those go, and what a user has sent
 * stays. Not thread-safe.
 */
final class UsageCount {
  private final Map<String, Long> bytesOf = new HashMap<>();
  private final Map<String, Long> messagesOf = new HashMap<>();
  private final Map<String, Usage> sums = new HashMap<>();

  /**
   * A connection or a channel.
   *
   * @param name tells it from all others that there are
   * @param count since it was opened: bytes received, or messages published; or consumers now
   */
  record Row(String name, String user, long count) {}

  /** What each user has sent, with what there is now. */
  Map<String, Usage> add(List<Row> connections, List<Row> published, List<Row> consumers) {
    for (Row row : connections) {
      boolean opened = !bytesOf.containsKey(row.name());
      add(row.user(), new Usage(0, more(bytesOf, row), opened ? 1 : 0));
    }
    for (Row row : published) {
      add(row.user(), new Usage(more(messagesOf, row), 0, 0));
    }
    keep(bytesOf, connections);
    keep(messagesOf, published);
    Map<String, Usage> now = new HashMap<>(sums);
    consumers.forEach(row -> now.merge(row.user(), new Usage(0, 0, 0, row.count()), Usage::plus));
    return now;
  }

  /** The user is no more. */
  void forget(String user) {
    sums.remove(user);
  }

  private void add(String user, Usage more) {
    sums.merge(user, more, Usage::plus);
  }

  /** A name may come back, with a count of its own. */
  private static long more(Map<String, Long> before, Row row) {
    Long last = before.put(row.name(), row.count());
    return last == null || row.count() < last ? row.count() : row.count() - last;
  }

  private static void keep(Map<String, Long> counts, List<Row> there) {
    Set<String> names = there.stream().map(Row::name).collect(Collectors.toSet());
    counts.keySet().retainAll(names);
  }
}
