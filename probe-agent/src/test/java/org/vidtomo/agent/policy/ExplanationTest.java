package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.FailureKind;

class ExplanationTest {
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 20, 12, 0);
  private static final DataBudget.Spending SOME = new DataBudget.Spending(1, 2, 3, 4);

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
            refusals(of("https://youtube.com/", new DataBudget.Spending(2, 2, 2, 9), false, NOON)))
        .singleElement()
        .asString()
        .contains("2 of 2 bytes today");
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
    Explanation explained =
        Explanation.of(
            URI.create("https://youtube.com/"),
            AgentPolicy.DEFAULTS,
            guard,
            List.of(InetAddress.getByName("192.168.1.1")),
            SOME,
            false,
            NOON);
    assertThat(refusals(explained)).containsExactly("private_address: not that one");
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
    return Explanation.of(URI.create(url), policy, AddressGuard.ALL, List.of(), spent, paused, now);
  }
}
