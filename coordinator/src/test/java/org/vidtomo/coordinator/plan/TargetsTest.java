package org.vidtomo.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.task.Coverage;

final class TargetsTest {
  private static final Map<String, String> AGENTS =
      Map.of("a1", "alpha", "a2", "alpha", "b1", "beta");

  @Test
  void providerCoverage_hasATargetForEachIsp() {
    Targets targets = Targets.of(options(Coverage.PROVIDER, List.of()), AGENTS);

    assertThat(targets.names()).containsExactly("alpha", "beta");
    assertThat(targets.agentsOfSmallest()).isEqualTo(1);
  }

  @Test
  void agentCoverage_hasATargetForEachAgent() {
    assertThat(Targets.of(options(Coverage.AGENT, List.of()), AGENTS).names())
        .containsExactly("a1", "a2", "b1");
  }

  @Test
  void anyCoverage_hasOneTarget_ofAllAgents() {
    Targets targets = Targets.of(options(Coverage.ANY, List.of()), AGENTS);

    assertThat(targets.names()).containsExactly("any");
    assertThat(targets.agentsOfSmallest()).isEqualTo(3);
  }

  @Test
  void providerFilter_leavesTheOthersOut() {
    CampaignOptions options = options(Coverage.AGENT, List.of("beta"));

    assertThat(Targets.of(options, AGENTS).names()).containsExactly("b1");
    assertThat(Targets.targetOf(options, "a1", "alpha")).isEmpty();
    assertThat(Targets.targetOf(options, "b1", "beta")).contains("b1");
  }

  @Test
  void withoutAgents_thereIsNoTarget() {
    assertThat(Targets.of(CampaignOptions.DEFAULTS, Map.of()).isEmpty()).isTrue();
  }

  static CampaignOptions options(Coverage coverage, List<String> filter) {
    CampaignOptions d = CampaignOptions.DEFAULTS;
    return new CampaignOptions(
        d.name(),
        d.parameters(),
        coverage,
        1,
        filter,
        d.related(),
        d.maxRounds(),
        d.maxCrawledUrls(),
        d.maxPerUrl(),
        d.loop(),
        d.everyMicros(),
        d.expiresMicros(),
        d.startsPerMinute());
  }
}
