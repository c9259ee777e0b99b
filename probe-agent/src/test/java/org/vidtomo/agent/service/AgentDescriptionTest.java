package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.runtime.settings.Settings;

class AgentDescriptionTest {
  private final Map<String, String> settings = new HashMap<>();

  @Test
  void what_the_coordinator_sees_is_told_with_its_ticket() {
    AgentInfo agent = seen(KeptAddresses.WHOLE);
    assertThat(agent.publicIp()).contains("203.0.113.7");
    assertThat(agent.prefix()).contains("203.0.113.0/24");
    assertThat(agent.asn()).hasValue(64500);
    assertThat(agent.ticket()).contains("the.signed.ticket");
    // Nothing else names the provider.
    assertThat(agent.provider()).contains("EXAMPLE");
  }

  @Test
  void what_the_installation_does_not_keep_is_not_sent() {
    AgentInfo prefix = seen(KeptAddresses.PREFIX);
    assertThat(prefix.publicIp()).isEmpty();
    assertThat(prefix.prefix()).contains("203.0.113.0/24");
    AgentInfo none = seen(KeptAddresses.NONE);
    assertThat(none.publicIp()).isEmpty();
    assertThat(none.prefix()).isEmpty();
    assertThat(none.asn()).hasValue(64500);
  }

  @ParameterizedTest
  @EnumSource
  void owner_may_keep_the_address_and_still_tell_the_network(KeptAddresses keep) {
    settings.put("anonymous", "true");
    AgentInfo agent = seen(keep);
    assertThat(agent.publicIp()).isEmpty();
    assertThat(agent.ticket()).contains("the.signed.ticket");
  }

  @Test
  void owner_names_the_provider() {
    settings.put("provider", "My ISP");
    assertThat(seen(KeptAddresses.WHOLE).provider()).contains("My ISP");
  }

  @Test
  void on_an_emulated_network_the_coordinators_word_is_about_another_line() {
    settings.put("allow.private", "true");
    settings.put("bind.address", "127.9.1.2");
    AgentInfo agent = seen(KeptAddresses.WHOLE);
    assertThat(agent.prefix()).contains("127.9.1.0/24");
    assertThat(agent.ticket()).isEmpty();
  }

  private AgentInfo seen(KeptAddresses keep) {
    AgentDescription description =
        new AgentDescription(
            new AgentIdentity(
                "agent-1",
                SigningKey.generate(),
                URI.create("https://coordinator.example"),
                SigningKey.generate().publicKey(),
                URI.create("amqps://broker.example"),
                "queue",
                Optional.empty()),
            AgentSettings.from(Settings.of(settings), Path.of("agent")),
            Clock.systemUTC());
    description.seen(
        new NetworkView(
            Optional.of("203.0.113.7"),
            Optional.empty(),
            Optional.of("203.0.113.0/24"),
            OptionalLong.of(1_000),
            Optional.of("the.signed.ticket"),
            OptionalLong.of(64500),
            Optional.of("EXAMPLE"),
            keep));
    return description.get();
  }
}
