package org.vidtomo.launcher.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

class RolesTest {
  private static final Path DIRECTORY = Path.of("keys");

  @Test
  void settings_thatNameNothing_areRight() {
    assertThatCode(() -> Roles.check(Settings.of(Map.of()), DIRECTORY)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cassandra.ttl.reports | 5s | must live 0s (for ever) or 1 hour",
        "cassandra.ttl.measurements | abc | must be a duration",
        "addresses.keep | some | must be one of [whole, prefix, none]",
        "networks.table | nowhere.table | \"vidtomo networks convert\" makes one",
        "aggregator.prefetch | 0 | 1 to 10000",
        "dashboard.index.rows | x | must be",
      })
  void wrongSetting_isTold_andNothingNeedsToBeStartedForThat(
      String key, String value, String told) {
    assertThatThrownBy(() -> Roles.check(Settings.of(Map.of(key, value)), DIRECTORY))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(told);
  }
}
