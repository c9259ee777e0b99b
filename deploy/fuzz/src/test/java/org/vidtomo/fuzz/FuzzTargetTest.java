package org.vidtomo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All parsers for seconds; {@code script/bench fuzz} goes on for minutes. */
class FuzzTargetTest {
  private static final Duration TIME = Duration.ofSeconds(15);

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(FuzzTarget.class)
  void seeds_areRead(FuzzTarget target) {
    assertThat(target.seeds()).isNotEmpty();
    assertThat(target.seeds())
        .allSatisfy(s -> assertThatCode(() -> target.read(s)).doesNotThrowAnyException());
  }

  /** Files named after a parser; what follows a dash is free. */
  @TestFactory
  Stream<DynamicTest> inputsThatDidHarm_doNoMore() throws Exception {
    Path folder = Path.of(FuzzTargetTest.class.getResource("findings").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(),
                      () -> target(file).read(Files.readAllBytes(file))));
    }
  }

  private static FuzzTarget target(Path file) {
    String name = file.getFileName().toString();
    return FuzzTarget.valueOf(name.substring(0, name.indexOf('-')).toUpperCase(Locale.ROOT));
  }

  @Test
  void bytesThatNobodyWouldSend_doNoHarm() throws Exception {
    List<FuzzTarget> all = List.of(FuzzTarget.values());
    FuzzRun.Result result = new FuzzRun(all, classPath(), directory).run(TIME);
    assertThat(result.found()).as(result.output()).isEmpty();
    assertThat(result.inputs()).isGreaterThan(all.size());
  }

  /** Surefire may put the real class path into a jar's manifest and this property. */
  private static String classPath() {
    String own = System.getProperty("java.class.path");
    String real = System.getProperty("surefire.test.class.path");
    return real == null ? own : real + File.pathSeparator + own;
  }
}
