package org.vidtomo.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMapsTest {
  @Test
  void map_by_use_forgets_what_was_not_used_for_longest() {
    Map<String, Integer> map = BoundedMaps.byUse(2);
    map.put("a", 1);
    map.put("b", 2);
    map.get("a");
    map.put("c", 3);

    assertThat(map).containsOnlyKeys("a", "c");
  }

  @Test
  void map_by_age_forgets_what_was_put_in_first_though_it_is_used() {
    Map<String, Integer> map = BoundedMaps.byAge(2);
    map.put("a", 1);
    map.put("b", 2);
    map.get("a");
    map.put("c", 3);

    assertThat(map).containsOnlyKeys("b", "c");
  }
}
