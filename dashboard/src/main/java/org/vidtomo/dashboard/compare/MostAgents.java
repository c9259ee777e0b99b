package org.vidtomo.dashboard.compare;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.vidtomo.dashboard.compare.Comparison.Counts;

/**
 * Which groups come first where there are too many: those with the most agents. Names of groups are
 * in part what agents say, and one agent may say any number of them: it must not cost others their
 * place.
 */
public final class MostAgents {
  private MostAgents() {}

  /**
   * The places of so many groups, ascending.
   *
   * @param groups in the order of their keys, which decides between equals
   */
  public static int[] of(List<Counts> groups, int most) {
    return IntStream.range(0, groups.size())
        .boxed()
        .sorted(
            Comparator.<Integer>comparingInt(group -> -groups.get(group).agents())
                .thenComparingInt(group -> -groups.get(group).cells()))
        .limit(most)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
