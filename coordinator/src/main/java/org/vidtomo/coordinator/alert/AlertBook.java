package org.vidtomo.coordinator.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The alerts that last; logs each when it is raised and when it is over. Thread-safe. */
public final class AlertBook {
  private static final Logger LOG = LoggerFactory.getLogger(AlertBook.class);
  private static final int NAMED = 3;

  private volatile Map<Key, Alert> open = Map.of();

  private record Key(AlertKind kind, String subject) {
    static Key of(Finding finding) {
      return new Key(finding.kind(), finding.subject());
    }
  }

  /** All that is wrong now: what is new is raised, what is no more is over. */
  synchronized void update(Collection<Finding> findings, Instant now) {
    Map<Key, Alert> before = open;
    Map<Key, Alert> after = new LinkedHashMap<>();
    for (Finding finding : findings) {
      Alert old = before.get(Key.of(finding));
      after.put(Key.of(finding), new Alert(finding, old == null ? now : old.since()));
      if (old == null) {
        LOG.warn(
            "An alert is raised: kind={} subject={} detail={}",
            finding.kind().wireName(),
            finding.subject(),
            finding.detail());
      }
    }
    before.forEach(
        (key, alert) -> {
          if (!after.containsKey(key)) {
            LOG.info(
                "An alert is over: kind={} subject={} lastedSeconds={}",
                key.kind().wireName(),
                key.subject(),
                Duration.between(alert.since(), now).toSeconds());
          }
        });
    open = after;
  }

  /** All of them, in the order of the rules. */
  public List<Alert> all() {
    return List.copyOf(open.values());
  }

  /** Those that a campaign suffers from. */
  public List<Alert> of(UUID campaign) {
    return all().stream().filter(alert -> alert.finding().campaigns().contains(campaign)).toList();
  }

  /** One line for a person; empty if there is none. */
  public String summary() {
    List<Alert> all = all();
    String named =
        all.stream()
            .limit(NAMED)
            .map(alert -> alert.finding().kind().wireName() + ": " + alert.finding().detail())
            .collect(Collectors.joining("; "));
    int more = all.size() - NAMED;
    return more > 0 ? "%s; and %d more".formatted(named, more) : named;
  }
}
