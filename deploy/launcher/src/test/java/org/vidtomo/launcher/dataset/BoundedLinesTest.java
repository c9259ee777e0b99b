package org.vidtomo.launcher.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedLinesTest {
  @Test
  void lines_loseTheirEndsAndTheByteOrderMark() throws IOException {
    assertThat(lines("\uFEFFone\r\n\ntwo\n\uFEFFthree\rx"))
        .containsExactly("1 one", "2 ", "3 two", "4 \uFEFFthree\rx");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).containsExactly("1 ");
  }

  @Test
  void lineOverTheBound_isPassedOverAndTheNextOneRead() throws IOException {
    String large = "x".repeat(300_000);
    assertThat(lines("a\n" + large + "\nb\n" + large))
        .containsExactly("1 a", "2 too long", "3 b", "4 too long");
  }

  private static List<String> lines(String text) throws IOException {
    BoundedLines lines =
        new BoundedLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 100);
    List<String> found = new ArrayList<>();
    for (Optional<BoundedLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      BoundedLines.Line each = line.get();
      found.add(
          each.number()
              + " "
              + (each.tooLong() ? "too long" : new String(each.bytes(), StandardCharsets.UTF_8)));
    }
    return found;
  }
}
