package org.vidtomo.aggregator.flag;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;
import org.vidtomo.storage.StandingStore;
import org.vidtomo.storage.Strike;

/**
 * Notes reports that cannot be. They are stored as all others: an agent with several of them is
 * left out of comparisons. What is remembered to tell is in this process's memory; what was found
 * is in the store. Thread-safe.
 */
public final class Flagging {
  private static final Logger LOG = LoggerFactory.getLogger(Flagging.class);

  /** More of a day say nothing more. */
  private static final int MOST_A_DAY = 20;

  private static final int MOST_COUNTED = 50_000;
  private static final int MOST_EVIDENCE = 300;

  private final StandingStore store;
  private final Clock clock;
  private final List<FlagRule> rules =
      List.of(
          new ContradictsItself(),
          new ImpossibleRate(),
          new ImpossibleDelay(Places.known()),
          new ContradictedLength(),
          new ProviderContradictsNetwork());
  private final Map<OfDay, Integer> noted = BoundedMaps.byAge(MOST_COUNTED);

  private record OfDay(String agent, FlagKind kind, LocalDate day) {}

  /** Nothing is remembered yet. */
  public Flagging(StandingStore store, Clock clock) {
    this.store = requireNonNull(store, "store");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Looks at a measurement that is stored. Notes in the background, and does not throw. */
  public void look(Measurement measurement) {
    for (FlagRule rule : rules) {
      rule.objection(measurement).ifPresent(why -> note(measurement, rule.kind(), why));
    }
  }

  private void note(Measurement measurement, FlagKind kind, String why) {
    OfDay today =
        new OfDay(
            measurement.agentId(), kind, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    synchronized (noted) {
      if (noted.merge(today, 1, Integer::sum) > MOST_A_DAY) {
        return;
      }
    }
    String evidence = why.length() > MOST_EVIDENCE ? why.substring(0, MOST_EVIDENCE) : why;
    LOG.info(
        "a report cannot be agent={} kind={} reportId={} why=\"{}\"",
        measurement.agentId(),
        kind.wireName(),
        measurement.reportId(),
        evidence);
    store
        .note(
            new Strike(
                measurement.agentId(), kind, measurement.reportId(), clock.instant(), evidence))
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                LOG.warn(
                    "a report that cannot be is not noted reportId={} error=\"{}\"",
                    measurement.reportId(),
                    error.getMessage());
              }
            });
  }
}
