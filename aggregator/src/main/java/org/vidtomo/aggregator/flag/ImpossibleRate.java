package org.vidtomo.aggregator.flag;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.storage.FlagKind;
import org.vidtomo.storage.Measurement;

/**
 * More than a line has: above its plan and far above what it gave before, or, where no plan is
 * known, further above that than one gets by another plan.
 */
final class ImpossibleRate implements FlagRule {
  private static final int MOST_AGENTS = 20_000;
  private static final int REMEMBERED = 200;

  /** Of fewer nothing usual can be said. */
  private static final int FEWEST = 20;

  private static final double USUAL_HIGH = 0.95;
  private static final double ABOVE_PLAN = 1.2;
  private static final double ABOVE_USUAL = 3;
  private static final double ABOVE_USUAL_WITHOUT_PLAN = 20;

  private final Map<String, History> histories = BoundedMaps.byUse(MOST_AGENTS);

  /** The latest rates of an agent, in bit/s. */
  private static final class History {
    private final float[] rates = new float[REMEMBERED];
    private int seen;

    private void add(long rate) {
      rates[seen++ % REMEMBERED] = (float) rate;
    }

    private double usualHigh() {
      float[] sorted = Arrays.copyOf(rates, Math.min(seen, REMEMBERED));
      Arrays.sort(sorted);
      return sorted[(int) (USUAL_HIGH * (sorted.length - 1))];
    }
  }

  @Override
  public FlagKind kind() {
    return FlagKind.IMPOSSIBLE_RATE;
  }

  @Override
  public Optional<String> objection(Measurement measurement) {
    if (measurement.goodputBps().isEmpty()) {
      return Optional.empty();
    }
    long rate = measurement.goodputBps().getAsLong();
    synchronized (histories) {
      History history = histories.computeIfAbsent(measurement.agentId(), agent -> new History());
      Optional<String> objection =
          history.seen < FEWEST
              ? Optional.empty()
              : objection(rate, measurement.planDownBps(), history.usualHigh());
      // A line that became faster is usual after a while.
      history.add(rate);
      return objection;
    }
  }

  private static Optional<String> objection(long rate, OptionalLong plan, double usual) {
    boolean possible =
        plan.isPresent()
            ? rate <= ABOVE_PLAN * plan.getAsLong() || rate <= ABOVE_USUAL * usual
            : rate <= ABOVE_USUAL_WITHOUT_PLAN * usual;
    return possible
        ? Optional.empty()
        : Optional.of(
            "goodput=%d usual=%.0f plan=%s"
                .formatted(
                    rate, usual, plan.isPresent() ? Long.toString(plan.getAsLong()) : "unknown"));
  }
}
