package org.vidtomo.messaging.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.messaging.admin.UsageCount.Row;

class UsageCountTest {
  private final UsageCount count = new UsageCount();

  @Test
  void sums_neverFall_whenConnectionsAndChannelsGo() {
    assertThat(count.add(List.of(row("c1", 100), row("c2", 10)), List.of(row("c1 (1)", 5))))
        .containsEntry("a", new Usage(5, 110, 2));
    assertThat(count.add(List.of(row("c1", 150)), List.of(row("c1 (1)", 7), row("c1 (2)", 1))))
        .containsEntry("a", new Usage(8, 160, 2));
    assertThat(count.add(List.of(), List.of())).containsEntry("a", new Usage(8, 160, 2));
    assertThat(count.add(List.of(row("c1", 20)), List.of(row("c1 (1)", 3))))
        .as("names that come back")
        .containsEntry("a", new Usage(11, 180, 3));
    assertThat(count.add(List.of(row("c1", 5)), List.of(row("c1 (1)", 1))))
        .as("a channel of the same name that was opened between")
        .containsEntry("a", new Usage(12, 185, 3));
    count.forget("a");
    assertThat(count.add(List.of(), List.of())).isEmpty();
  }

  private static Row row(String name, long value) {
    return new Row(name, "a", value);
  }
}
