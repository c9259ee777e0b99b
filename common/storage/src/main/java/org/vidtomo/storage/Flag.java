package org.vidtomo.storage;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An agent whose reports cannot be, several of them. It is left out of comparisons until 30 days
 * have passed without another, or an administrator clears it.
 *
 * @param firstAt of the strikes that are known, {@code lastAt} likewise
 * @param reports that are known of; of many a day only some are kept
 * @param evidence of the latest
 */
public record Flag(
    String agentId, FlagKind kind, Instant firstAt, Instant lastAt, int reports, String evidence) {
  /** One may be a mishap; so many within {@link #WITHIN} are none. */
  public static final int LEAST_STRIKES = 3;

  /** A week. */
  public static final Duration WITHIN = Duration.ofDays(7);

  private record Of(String agentId, FlagKind kind) {}

  public Flag {
    requireNonNull(agentId, "agentId");
    requireNonNull(kind, "kind");
    requireNonNull(firstAt, "firstAt");
    requireNonNull(lastAt, "lastAt");
    requireNonNull(evidence, "evidence");
  }

  /** The flags that strikes make, by agent and kind. */
  public static List<Flag> of(Collection<Strike> strikes) {
    return strikes.stream()
        .collect(Collectors.groupingBy(strike -> new Of(strike.agentId(), strike.kind())))
        .values()
        .stream()
        .map(each -> each.stream().sorted(Comparator.comparing(Strike::at)).toList())
        .filter(Flag::close)
        .map(Flag::flag)
        .sorted(Comparator.comparing(Flag::agentId).thenComparing(Flag::kind))
        .toList();
  }

  private static boolean close(List<Strike> inOrder) {
    return IntStream.rangeClosed(0, inOrder.size() - LEAST_STRIKES)
        .anyMatch(
            first ->
                Duration.between(
                            inOrder.get(first).at(), inOrder.get(first + LEAST_STRIKES - 1).at())
                        .compareTo(WITHIN)
                    <= 0);
  }

  private static Flag flag(List<Strike> inOrder) {
    Strike last = inOrder.get(inOrder.size() - 1);
    return new Flag(
        last.agentId(),
        last.kind(),
        inOrder.get(0).at(),
        last.at(),
        inOrder.size(),
        last.evidence());
  }
}
