package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.runtime.settings.SettingException;

class PolicyFileTest {
  @TempDir Path directory;

  @Test
  void noFile_isTheDefaults() {
    AgentPolicy policy = PolicyFile.load(directory.resolve("policy.properties"));

    assertThat(policy).isEqualTo(AgentPolicy.DEFAULTS);
    assertThat(policy.bytesPerDay()).isEqualTo(2_000_000_000L);
    assertThat(policy.bytesPerMonth()).isEqualTo(20_000_000_000L);
  }

  @Test
  void file_isRead() throws IOException {
    AgentPolicy policy =
        load(
            "more-sites = Video.example, b.example\nbytes-per-day=500MB\nports=443\nping-packets=3\nbusy-above=500kbps");

    assertThat(policy.sites()).contains("video.example", "b.example", "youtube.com");
    assertThat(policy.bytesPerDay()).isEqualTo(500_000_000);
    assertThat(policy.ports()).containsExactly(443);
    assertThat(policy.busyAboveBps()).isEqualTo(500_000);
    assertThat(policy.anySite()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes_per_day=1MB",
        "bytes-per-day=lots",
        "ports=http",
        "busy-above=fast",
        "any-site=yes",
        "ports=99999"
      })
  void mistake_isRefusedWithItsPlace(String content) {
    assertThatThrownBy(() -> load(content))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("policy.properties");
  }

  @Test
  void campaign_getsNoMoreThanThePolicyAllows() throws IOException {
    MeasurementParameters limited =
        load("bytes-per-download=1MB\nping-packets=2").limit(MeasurementParameters.DEFAULTS);

    assertThat(limited.downloadBytes()).isEqualTo(1_000_000);
    assertThat(limited.pingPackets()).isEqualTo(2);
    assertThat(AgentPolicy.DEFAULTS.limit(MeasurementParameters.DEFAULTS))
        .isEqualTo(MeasurementParameters.DEFAULTS);
  }

  private AgentPolicy load(String content) throws IOException {
    Path file = directory.resolve("policy.properties");
    Files.writeString(file, content);
    return PolicyFile.load(file);
  }
}
