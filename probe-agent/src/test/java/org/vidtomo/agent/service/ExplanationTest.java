package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.DataBudget;
import org.vidtomo.agent.policy.QuietHours;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.runtime.settings.Settings;

class ExplanationTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 20, 12, 0);
  private static final DataBudget.Spending SOME = new DataBudget.Spending(1, 2, 3, 4, 1);

  @Test
  void url_that_all_rules_allow_would_be_measured() {
    Explanation explained = of("https://www.youtube.com/watch?v=1", SOME, false, NOON);
    assertThat(explained.allowed()).isTrue();
    assertThat(explained.rules())
        .extracting(Explanation.Rule::rule)
        .containsExactly("site", "budget", "quiet hours", "pause");
  }

  @Test
  void each_rule_says_why_not() {
    assertThat(refusals(of("https://elsewhere.example/", SOME, false, NOON)))
        .singleElement()
        .asString()
        .contains("site_not_allowed");
    assertThat(refusals(of("https://youtube.com:22/", SOME, false, NOON)))
        .singleElement()
        .asString()
        .contains("port_not_allowed");
    assertThat(refusals(of("ftp://youtube.com/", SOME, false, NOON))).hasSize(1);
    assertThat(
            refusals(
                of("https://youtube.com/", new DataBudget.Spending(2, 2, 2, 9, 0), false, NOON)))
        .singleElement()
        .asString()
        .contains("of 2 today 2 are spent");
    assertThat(refusals(of("https://youtube.com/", SOME, true, NOON)))
        .singleElement()
        .asString()
        .contains("agent resume");
    assertThat(refusals(of("https://youtube.com/", SOME, false, NOON.withHour(23))))
        .singleElement()
        .asString()
        .contains("until 2026-11-21T07:00");
  }

  @Test
  void address_is_judged_by_the_guard() throws Exception {
    AddressGuard guard =
        address -> {
          throw new RefusedException(FailureKind.PRIVATE_ADDRESS, "not that one");
        };
    Explainer explainer =
        new Explainer(
            AgentPolicy.DEFAULTS, guard, new Explainer.Facts(SOME, false, NOON, List.of()));
    Explanation explained =
        explainer.of(
            "https://youtube.com/watch?v=1", List.of(InetAddress.getByName("192.168.1.1")));
    assertThat(refusals(explained)).containsExactly("private_address: not that one");
  }

  /** With an agent's own files, as one that runs has them. */
  @Test
  void agent_in_a_directory_is_asked_as_it_would_decide(@TempDir Path directory) throws Exception {
    AgentSettings own =
        AgentSettings.from(
            Settings.of(Map.of("any.site", "true", "agent.extractor.command", "none")), directory);
    Clock clock = Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
    LineMemory.open(own.directory().line())
        .seen(NetworkView.of(InetAddress.getByName("93.184.216.34")));
    Files.writeString(own.directory().policy(), "bytes-per-day=50MB\n");
    try (DataBudget budget =
        DataBudget.open(own.directory().spent(), own.policy(), clock, System::nanoTime)) {
      budget.spend(30_000_000);
    }

    Explanation there = Explainer.explain(own, "https://93.184.216.34/v", false, clock);
    Explanation beside = Explainer.explain(own, "https://93.184.216.35/v", false, clock);

    assertThat(refusals(there)).singleElement().asString().contains("this line's own address");
    assertThat(beside.allowed()).isTrue();
    try (DataBudget budget =
        DataBudget.open(own.directory().spent(), own.policy(), clock, System::nanoTime)) {
      assertThat(beside.rules())
          .anySatisfy(
              rule ->
                  assertThat(rule.detail())
                      .startsWith("%,d bytes left".formatted(budget.leftBytes())));
      budget.spend(budget.leftBytes());
    }
    assertThat(refusals(Explainer.explain(own, "https://93.184.216.35/v", false, clock)))
        .singleElement()
        .asString()
        .startsWith("0 bytes left");
    assertThat(beside.rules()).anyMatch(rule -> rule.detail().contains("needs_extractor"));
    assertThat(beside.rules())
        .extracting(Explanation.Rule::rule)
        .contains("address", "extractor", "ipv6", "icmp");
  }

  @Test
  void list_of_videos_is_told_as_a_measurement_would() {
    assertThat(refusals(of("rtmp://youtube.com/live", SOME, false, NOON)))
        .containsExactly("needs_extractor: rtmp is recognised, and not measured yet");
  }

  private static List<String> refusals(Explanation explained) {
    assertThat(explained.allowed()).isFalse();
    return explained.rules().stream()
        .filter(rule -> !rule.allowed())
        .map(Explanation.Rule::detail)
        .toList();
  }

  private static Explanation of(
      String url, DataBudget.Spending spent, boolean paused, LocalDateTime now) {
    AgentPolicy defaults = AgentPolicy.DEFAULTS;
    AgentPolicy policy =
        new AgentPolicy(
            defaults.sites(),
            false,
            defaults.ports(),
            false,
            defaults.bytesPerDay(),
            defaults.bytesPerMonth(),
            defaults.bytesPerDownload(),
            defaults.pingPackets(),
            QuietHours.parse("22:00-07:00"),
            defaults.busyAboveBps());
    return new Explainer(
            policy, AddressGuard.ALL, new Explainer.Facts(spent, paused, now, List.of()))
        .of(url, List.of());
  }
}
