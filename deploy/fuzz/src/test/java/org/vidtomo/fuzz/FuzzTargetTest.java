package org.vidtomo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each parser for seconds; {@code script/bench fuzz} goes on for minutes. */
class FuzzTargetTest {
  private static final Duration TIME = Duration.ofSeconds(2);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void seeds_areRead(FuzzTarget target) {
    assertThat(target.seeds()).isNotEmpty();
    assertThat(target.seeds()).allSatisfy(s -> assertThatCode(() -> target.read(s)).doesNotThrowAnyException());
  }

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void bytesThatNobodyWouldSend_doNoHarm(FuzzTarget target) throws Exception {
    FuzzRun.Result result = new FuzzRun(target, classPath(), directory).run(TIME);
    assertThat(result.found()).as(result.output()).isEmpty();
    assertThat(result.inputs()).isGreaterThan(10);
    assertThat(result.covered()).isGreaterThan(10);
  }

  /** Surefire may put the real class path into a jar's manifest and this property. */
  private static String classPath() {
    String own = System.getProperty("java.class.path");
    String real = System.getProperty("surefire.test.class.path");
    return real == null ? own : real + File.pathSeparator + own;
  }
}
