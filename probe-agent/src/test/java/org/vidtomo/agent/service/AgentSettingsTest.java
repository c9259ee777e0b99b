package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.runtime.settings.Settings;

class AgentSettingsTest {
  @Test
  void nothingSet_isTheDefaults() {
    AgentSettings settings = AgentSettings.from(Settings.of(Map.of()), Path.of("a"));

    assertThat(settings.heartbeat()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.listen().getPort()).isEqualTo(8083);
    assertThat(settings.listen().getHostString()).isEqualTo("127.0.0.1");
    assertThat(settings.spool().bytes()).isEqualTo(64 << 20);
    assertThat(settings.spool().age()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.anonymous()).isFalse();
    assertThat(settings.access()).isEmpty();
    assertThat(settings.local().allowPrivate()).isFalse();
  }

  @Test
  void settings_areRead() {
    AgentSettings settings =
        AgentSettings.from(
            Settings.of(
                Map.of(
                    "bind.address", "127.0.1.2",
                    "system.resolver", "127.0.1.9:5353",
                    "connect.to", "a:80:b:81,::c:82",
                    "access", "fibre",
                    "plan.down", "100Mbps",
                    "allow.private", "true",
                    "anonymous", "true",
                    "country", "FR")),
            Path.of("a"));

    assertThat(settings.local().bindAddress())
        .get()
        .extracting("hostAddress")
        .isEqualTo("127.0.1.2");
    assertThat(settings.local().systemResolver()).get().extracting("port").isEqualTo(5353);
    assertThat(settings.local().connectTo()).hasSize(2);
    assertThat(settings.access().orElseThrow().planDownBps()).hasValue(100_000_000);
    assertThat(settings.anonymous()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "bind.address,example.org,--bind-address",
    "system.resolver,dns.example:53,--system-resolver",
    "agent.heartbeat,often,--agent-heartbeat",
    "agent.drain,1m,drain",
    "country,france,country"
  })
  void mistakes_areReportedWithTheirPlace(String key, String value, String named) {
    assertThatThrownBy(() -> AgentSettings.from(Settings.of(Map.of(key, value)), Path.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }
}
