package org.vidtomo.launcher.pytomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {
  private static final String RECORD =
      """
      (u'https://site.example/watch?v=a',
       'https://cache.example',
       {'192.0.2.1': [datetime.datetime(2018, 6, 25, 16, 5, 30, 856251), [1.5, 2L], None, -3e-2]})
      """;

  @Test
  void record_is_read_as_python_reads_it() {
    assertThat(PythonLiteral.parse(RECORD))
        .isEqualTo(
            List.of(
                "https://site.example/watch?v=a",
                "https://cache.example",
                Map.of(
                    "192.0.2.1",
                    List.of(
                        LocalDateTime.of(2018, 6, 25, 16, 5, 30, 856_251_000),
                        List.of(1.5, 2L),
                        Optional.empty(),
                        -0.03))));
  }

  @Test
  void strings_have_escapes() {
    assertThat(PythonLiteral.parse("'a\\'b\\x41\\u00e9\\n'")).isEqualTo("a'bA\u00e9\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(",
        "('a'",
        "'a",
        "'\\x4",
        "{1}",
        "{1: }",
        "(1 2)",
        "1 2",
        "--1",
        "__import__('os').system('true')",
        "datetime.datetime(2018, 13, 1)",
        "datetime.datetime(2018)",
        "datetime.datetime(2018, 1, 1, 1, 1, 1, 9999999)",
      })
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> PythonLiteral.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was expected");
  }

  @Test
  void brackets_without_end_do_not_overflow_the_stack() {
    assertThatThrownBy(() -> PythonLiteral.parse("(".repeat(200_000)))
        .hasMessageContaining("no more than 16 brackets");
  }

  @Test
  void broken_records_are_refused_and_never_crash() {
    Random random = new Random(5);
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder(RECORD);
      for (int i = random.nextInt(6); i >= 0; i--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, "([{'\\,:)]}\"0u".charAt(random.nextInt(12)));
          default -> text.setCharAt(at, (char) random.nextInt(0x300));
        }
      }
      try {
        PythonLiteral.parse(text.toString());
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("expected");
      }
    }
  }
}
