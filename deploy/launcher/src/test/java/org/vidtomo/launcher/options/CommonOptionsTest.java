package org.vidtomo.launcher.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class CommonOptionsTest {
  private static final Logger ROOT = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  private final Level before = ROOT.getLevel();

  @Command
  private static final class Asking {
    @Mixin private CommonOptions options = new CommonOptions();
  }

  @AfterEach
  void restore() {
    ROOT.setLevel(before);
  }

  private static void logAt(String... words) {
    Asking asking = new Asking();
    new CommandLine(asking).parseArgs(words);
    asking.options.settings(Map.of("log.level", "WARN"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-L", "--log-level"})
  void logLevel_isWhatIsAskedFor_aboveTheCommandsOwn(String option) {
    logAt(option, "debug");
    assertThat(ROOT.getLevel()).isEqualTo(Level.DEBUG);
    logAt();
    assertThat(ROOT.getLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void logLevelThatIsNone_isRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> logAt("-L", "loud"))
        .hasMessageContaining("ERROR, WARN, INFO, DEBUG, TRACE");
  }
}
