package org.vidtomo.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskIdsTest {
  private static final UUID CAMPAIGN = new UUID(1, 2);

  @Test
  void uuid5_is_that_of_the_rfc() {
    // RFC 9562 appendix A.4: the DNS namespace and www.example.com.
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(TaskIds.uuid5(dns, "www.example.com"))
        .isEqualTo(UUID.fromString("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
  }

  @Test
  void planning_again_makes_the_same_id() {
    assertThat(TaskIds.of(CAMPAIGN, 0, 0, "page:1", "Fibrelink", 0))
        .isEqualTo(TaskIds.of(CAMPAIGN, 0, 0, "page:1", "Fibrelink", 0));
  }

  @Test
  void ids_differ_in_every_part() {
    assertThat(
            java.util.stream.Stream.of(
                    TaskIds.of(CAMPAIGN, 0, 0, "page:1", "a", 0),
                    TaskIds.of(new UUID(1, 3), 0, 0, "page:1", "a", 0),
                    TaskIds.of(CAMPAIGN, 1, 0, "page:1", "a", 0),
                    TaskIds.of(CAMPAIGN, 0, 1, "page:1", "a", 0),
                    TaskIds.of(CAMPAIGN, 0, 0, "page:2", "a", 0),
                    TaskIds.of(CAMPAIGN, 0, 0, "page:1", "b", 0),
                    TaskIds.of(CAMPAIGN, 0, 0, "page:1", "a", 1),
                    TaskIds.of(CAMPAIGN, 0, 0, "1", "a/page:", 0))
                .distinct())
        .hasSize(8);
  }
}
