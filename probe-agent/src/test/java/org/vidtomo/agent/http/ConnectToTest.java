package org.vidtomo.agent.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectToTest {
  @Test
  void curlsForm_isRead() {
    assertThat(ConnectTo.parse("www.example.org:80:127.0.0.1:8080"))
        .isEqualTo(new ConnectTo("www.example.org", 80, "127.0.0.1", 8080));
    assertThat(ConnectTo.parse("::[::1]:")).isEqualTo(new ConnectTo("", 0, "::1", 0));
  }

  @Test
  void emptyParts_fitAll() {
    assertThat(new ConnectTo("", 0, "x", 1).matches("h", 7)).isTrue();
    assertThat(new ConnectTo("H", 0, "x", 1).matches("h", 7)).isTrue();
    assertThat(new ConnectTo("h", 8, "x", 1).matches("h", 7)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a:b", "a:1:b", "a:x:b:1", "a:1:b:99999"})
  void otherForms_areRefused(String text) {
    assertThatThrownBy(() -> ConnectTo.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
