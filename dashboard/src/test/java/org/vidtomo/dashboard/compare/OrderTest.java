package org.vidtomo.dashboard.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
  @Test
  void order_is_that_of_a_stable_sort_for_any_length() {
    Random random = new Random(3);
    for (int length = 0; length < 200; length++) {
      double[] values = random.doubles(length).map(value -> Math.floor(value * 20)).toArray();
      if (length > 3) {
        values[1] = Double.POSITIVE_INFINITY;
        values[2] = Double.NEGATIVE_INFINITY;
      }
      int[] expected =
          IntStream.range(0, length)
              .boxed()
              .sorted(Comparator.comparingDouble(place -> values[place]))
              .mapToInt(Integer::intValue)
              .toArray();
      assertThat(Order.ascending(values)).isEqualTo(expected);
    }
  }
}
