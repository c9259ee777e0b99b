package org.vidtomo.messaging.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vidtomo.messaging.admin.UsageCount.Row;

class UsageCountTest {
  private final UsageCount count = new UsageCount();

  @Test
  void sums_neverFall_whenConnectionsAndChannelsGo() {
    assertThat(count(List.of(row("c1", 100), row("c2", 10)), List.of(row("c1 (1)", 5))))
        .containsEntry("a", new Usage(5, 110, 2));
    assertThat(count(List.of(row("c1", 150)), List.of(row("c1 (1)", 7), row("c1 (2)", 1))))
        .containsEntry("a", new Usage(8, 160, 2));
    assertThat(count(List.of(), List.of())).containsEntry("a", new Usage(8, 160, 2));
    assertThat(count(List.of(row("c1", 20)), List.of(row("c1 (1)", 3))))
        .as("names that come back")
        .containsEntry("a", new Usage(11, 180, 3));
    assertThat(count(List.of(row("c1", 5)), List.of(row("c1 (1)", 1))))
        .as("a channel of the same name that was opened between")
        .containsEntry("a", new Usage(12, 185, 3));
    count.forget("a");
    assertThat(count(List.of(), List.of())).isEmpty();
  }

  @Test
  void consumers_areThoseThatThereAreNow_ofAllChannels() {
    assertThat(consuming(row("c1 (1)", 4), row("c2 (1)", 500)))
        .containsEntry("a", new Usage(0, 0, 0, 504));
    assertThat(consuming(row("c1 (1)", 3))).containsEntry("a", new Usage(0, 0, 0, 3));
    assertThat(consuming()).isEmpty();
  }

  private Map<String, Usage> consuming(Row... consumers) {
    return count.add(List.of(), List.of(), List.of(consumers));
  }

  private Map<String, Usage> count(List<Row> connections, List<Row> published) {
    return count.add(connections, published, List.of());
  }

  private static Row row(String name, long value) {
    return new Row(name, "a", value);
  }
}
