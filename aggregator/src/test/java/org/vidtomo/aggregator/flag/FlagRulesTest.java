package org.vidtomo.aggregator.flag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.vidtomo.aggregator.ReportFixtures;
import org.vidtomo.aggregator.derive.AgentNetwork;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Measurement;

class FlagRulesTest {
  private final Measurement usual = measurement();

  private static Measurement measurement() {
    Assignment assignment =
        ReportFixtures.assignment(UUID.randomUUID(), UUID.randomUUID(), 1, "agent-1");
    return new Derivation(Networks.NONE)
        .derive(
            ReportFixtures.report(assignment, "token", "agent-1"),
            assignment,
            AgentNetwork.UNKNOWN);
  }

  private Measurement with(Consumer<ObjectNode> change) {
    ObjectNode json = Wire.mapper().valueToTree(usual);
    change.accept(json);
    return Wire.mapper().convertValue(json, Measurement.class);
  }

  private Measurement rate(long goodput, long plan) {
    return with(
        json -> {
          json.put("goodputBps", goodput);
          if (plan > 0) {
            json.put("planDownBps", plan);
          }
        });
  }

  @Test
  void report_thatDeniesItself_isObjectedTo() {
    ContradictsItself rule = new ContradictsItself();
    assertThat(rule.objection(usual)).isEmpty();
    assertThat(rule.objection(with(json -> json.put("contradiction", "rtt said=1 seen=9"))))
        .contains("rtt said=1 seen=9");
  }

  @Test
  void rate_farAboveWhatTheAgentEverHad_isObjectedTo() {
    ImpossibleRate rule = new ImpossibleRate();
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      assertThat(rule.objection(rate(8_000_000 + random.nextInt(4_000_000), 0))).isEmpty();
    }
    assertThat(rule.objection(rate(100_000_000, 0))).isEmpty();
    assertThat(rule.objection(rate(300_000_000, 0)))
        .hasValueSatisfying(why -> assertThat(why).contains("goodput=300000000", "plan=unknown"));
  }

  @Test
  void rate_abovePlanAndUsual_isObjectedTo_andAFasterLineBecomesUsual() {
    ImpossibleRate rule = new ImpossibleRate();
    for (int i = 0; i < 100; i++) {
      assertThat(rule.objection(rate(10_000_000, 20_000_000))).isEmpty();
    }
    // Plans are what owners say: a line may have more.
    assertThat(rule.objection(rate(28_000_000, 20_000_000))).isEmpty();
    int objections = 0;
    for (int i = 0; i < 100; i++) {
      objections += rule.objection(rate(50_000_000, 20_000_000)).isPresent() ? 1 : 0;
    }
    assertThat(objections).isBetween(3, 20);
  }

  @Test
  void rate_ofAnAgentOfWhichLittleIsKnown_isNot() {
    ImpossibleRate rule = new ImpossibleRate();
    for (int i = 0; i < 19; i++) {
      assertThat(rule.objection(rate(1_000, 0))).isEmpty();
    }
    assertThat(rule.objection(rate(1_000_000_000, 0))).isEmpty();
  }

  private Measurement delay(String country, String site, long rtt) {
    return with(json -> json.put("country", country).put("cacheSite", site).put("rttMicros", rtt));
  }

  @Test
  void delay_belowWhatLightTakes_isObjectedTo_andNoneThatCanBe() {
    ImpossibleDelay rule = new ImpossibleDelay(Places.known());
    assertThat(rule.objection(delay("FR", "syd15s01", 5_000)))
        .hasValueSatisfying(why -> assertThat(why).contains("from FR to syd15s01"));
    assertThat(rule.objection(delay("BR", "nrt12s01", 20_000))).isPresent();
    assertThat(rule.objection(delay("FR", "par10s47", 800))).isEmpty();
    assertThat(rule.objection(delay("FR", "fra15s10", 1_500))).isEmpty();
    assertThat(rule.objection(delay("US", "lhr25s01", 70_000))).isEmpty();
    assertThat(rule.objection(delay("FR", "syd15s01", 270_000))).isEmpty();
    assertThat(rule.objection(delay("??", "syd15s01", 1))).isEmpty();
    assertThat(rule.objection(delay("FR", "xx", 1))).isEmpty();
    assertThat(rule.objection(usual)).isEmpty();
  }

  private Measurement length(String agent, int network, long seconds) {
    return with(
        json ->
            json.put("agentId", agent)
                .put("prefix", "8.8.%d.0/24".formatted(network))
                .put("prefixFrom", "ticket")
                .put("mediaDurationMicros", seconds * 1_000_000));
  }

  @Test
  void length_thatAllOtherNetworksContradictWhoAgree_isObjectedTo() {
    ContradictedLength rule = new ContradictedLength();
    for (int network = 0; network < 4; network++) {
      assertThat(rule.objection(length("agent-" + network, network, 300 + network % 2))).isEmpty();
    }
    assertThat(rule.objection(length("evil", 9, 20))).as("four others").isEmpty();
    rule.objection(length("agent-4", 4, 300));
    rule.objection(length("evil", 9, 300));
    assertThat(rule.objection(length("evil", 9, 20)))
        .hasValueSatisfying(why -> assertThat(why).contains("media=20000000", "others=300000000"));
    assertThat(rule.objection(length("agent-5", 5, 302)))
        .as("one that nobody agrees with says nothing against others")
        .isEmpty();
  }

  @Test
  void length_isNotContradicted_byACrowdOfOneNetworkOrOfNone() {
    ContradictedLength rule = new ContradictedLength();
    for (int i = 0; i < 50; i++) {
      rule.objection(length("sybil-" + i, i % 4, 20));
      rule.objection(
          with(json -> json.put("agentId", "ghost").put("mediaDurationMicros", 20_000_000)));
    }
    assertThat(rule.objection(length("good", 9, 300))).as("five voices").isPresent();
    rule.objection(length("good", 9, 300));
    assertThat(rule.objection(length("better", 8, 300))).as("one of them is good").isEmpty();
    ContradictedLength another = new ContradictedLength();
    for (int i = 0; i < 50; i++) {
      another.objection(length("sybil-" + i, i % 4, 20));
    }
    assertThat(another.objection(length("good", 9, 300))).isEmpty();
  }

  @Test
  void length_ofAVideoOfAnotherService_saysNothing() {
    ContradictedLength rule = new ContradictedLength();
    for (int network = 0; network < 9; network++) {
      rule.objection(length("agent-" + network, network, 300));
    }
    Measurement same = length("agent-10", 10, 20);
    ObjectNode other = Wire.mapper().valueToTree(same);
    other.put("service", "another");
    assertThat(rule.objection(Wire.mapper().convertValue(other, Measurement.class))).isEmpty();
    assertThat(rule.objection(same)).isPresent();
  }

  @Test
  void length_ofAPageThatPlaysManyThings_isNot() {
    ContradictedLength rule = new ContradictedLength();
    for (int i = 0; i < 9; i++) {
      assertThat(rule.objection(length("agent-" + i, i, 60 + 60 * i))).isEmpty();
    }
  }

  private Measurement isp(String agent, int network, String provider, String by) {
    return with(
        json ->
            json.put("agentId", agent)
                .put("prefix", "8.8.%d.0/24".formatted(network))
                .put("prefixFrom", "ticket")
                .put("provider", provider)
                .put("providerFrom", by)
                .put("asn", 64_500)
                .put("asnFrom", "ticket"));
  }

  private Measurement withoutTicket(String agent, String provider) {
    return with(
        json ->
            json.put("agentId", agent)
                .put("provider", provider)
                .put("providerFrom", "agent")
                .put("asn", 64_500)
                .put("asnFrom", "agent"));
  }

  @Test
  void provider_thatNobodyElseOfItsNetworkNames_isObjectedTo_ifItIsTheAgentsWord() {
    ProviderContradictsNetwork rule = new ProviderContradictsNetwork();
    for (int i = 0; i < 8; i++) {
      assertThat(rule.objection(isp("agent-" + i, i, "Fibrelink", "ticket"))).isEmpty();
    }
    assertThat(rule.objection(isp("evil", 9, "Anynet", "agent")))
        .hasValueSatisfying(why -> assertThat(why).contains("provider=Anynet", "asn=64500"));
    assertThat(rule.objection(isp("other", 10, "FIBRELINK ", "agent"))).isEmpty();
    assertThat(rule.objection(isp("invited", 11, "Anynet", "ticket"))).isEmpty();
  }

  @Test
  void provider_ofAnAgentWithoutTicket_isHeldToTheNetworkThatItSays_andIsNoWitness() {
    ProviderContradictsNetwork rule = new ProviderContradictsNetwork();
    for (int i = 0; i < 8; i++) {
      rule.objection(isp("agent-" + i, i, "Fibrelink", "ticket"));
    }
    for (int i = 0; i < 300; i++) {
      assertThat(rule.objection(withoutTicket("ghost-" + i, "Anynet"))).isPresent();
    }
    assertThat(rule.objection(isp("good", 9, "Fibrelink", "agent"))).isEmpty();
  }

  @Test
  void provider_isNotOutvoted_byACrowdOfOneNetwork() {
    ProviderContradictsNetwork rule = new ProviderContradictsNetwork();
    for (int i = 0; i < 100; i++) {
      rule.objection(isp("sybil-" + i, i % 2, "Anynet", "ticket"));
    }
    assertThat(rule.objection(isp("good", 9, "Fibrelink", "agent"))).isEmpty();
  }
}
