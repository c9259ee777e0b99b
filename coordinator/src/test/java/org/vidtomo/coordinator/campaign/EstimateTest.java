package org.vidtomo.coordinator.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.CampaignOptions;

final class EstimateTest {
  private static final CampaignOptions USUAL = crawl(false, 1, 10_000, 0);
  private static final long GIGABYTE = 1_000_000_000;

  private static Estimate.Participant agent(String id, String provider, long bytesLeft) {
    return new Estimate.Participant(id, provider, OptionalLong.of(bytesLeft));
  }

  @Test
  void estimate_isThatOfTheTargetWithTheFewestAgents() {
    Estimate estimate =
        Estimate.of(
            USUAL,
            144,
            List.of(
                agent("a1", "alpha", 1000 * GIGABYTE),
                agent("a2", "alpha", 1000 * GIGABYTE),
                agent("b1", "beta", 1000 * GIGABYTE)));

    assertThat(estimate.tasks()).isEqualTo(288);
    assertThat(estimate.bytesAtMost()).isEqualTo(288 * USUAL.parameters().downloadBytes());
    assertThat(estimate.agents()).isEqualTo(Map.of("alpha", 2, "beta", 1));
    // 5 s before, 10 pings 200 ms apart, 30 s of download: 37 s for each of beta's 144.
    assertThat(estimate.days()).hasValueSatisfying(d -> close(d, 144 * 37 / 86_400.0));
    assertThat(estimate.limitedBy()).contains("measurement_time");
  }

  @Test
  void budget_limits_whenADaysIsNotEnough() {
    Estimate estimate = Estimate.of(USUAL, 100, List.of(agent("a1", "alpha", 2 * GIGABYTE)));

    // 100 downloads of 100 MB at 2 GB a day.
    assertThat(estimate.days()).hasValueSatisfying(d -> close(d, 5));
    assertThat(estimate.limitedBy()).contains("byte_budget");
  }

  @Test
  void nobody_isSaidWithTheReason() {
    assertThat(Estimate.of(USUAL, 100, List.of()).why())
        .hasValueSatisfying(why -> assertThat(why).contains("no agent is alive"));
    assertThat(Estimate.of(USUAL, 100, List.of()).days()).isEmpty();
  }

  @Test
  void crawl_isBoundedByItsRoundsAndByItsVideos() {
    List<Estimate.Participant> fleet = List.of(agent("a1", "alpha", 1000 * GIGABYTE));

    assertThat(Estimate.of(crawl(true, 1, 10_000, 5), 4, fleet).videos()).isEqualTo(4);
    assertThat(Estimate.of(crawl(true, 3, 10_000, 5), 4, fleet).videos()).isEqualTo(4 + 20 + 100);
    assertThat(Estimate.of(crawl(true, 10_000, 10_000, 5), 4, fleet).tasks()).isEqualTo(10_000);
    assertThat(Estimate.of(crawl(true, 10_000, 10_000, 0), 4, fleet).videos()).isEqualTo(4);
    assertThat(Estimate.of(crawl(true, 10_000, 10_000, 1), 4, fleet).videos()).isEqualTo(10_000);
    assertThat(Estimate.of(crawl(true, 10, 10, 5), 20, fleet).videos()).isEqualTo(20);
  }

  private static CampaignOptions crawl(boolean related, int rounds, int videos, int perUrl) {
    CampaignOptions d = CampaignOptions.DEFAULTS;
    return new CampaignOptions(
        d.name(),
        d.parameters(),
        d.coverage(),
        d.samples(),
        d.providerFilter(),
        related,
        rounds,
        videos,
        perUrl,
        d.loop(),
        d.everyMicros(),
        d.expiresMicros(),
        d.startsPerMinute());
  }

  private static void close(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(1e-6));
  }
}
