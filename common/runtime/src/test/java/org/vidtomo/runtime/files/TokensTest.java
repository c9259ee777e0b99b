package org.vidtomo.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TokensTest {
  @Test
  void tokens_areNeverTakenForOptions() {
    assertThat(Stream.generate(Tokens::newToken).limit(10_000).distinct())
        .hasSize(10_000)
        .allMatch(token -> token.matches("[A-Za-z0-9_][A-Za-z0-9_-]{42}"));
  }
}
