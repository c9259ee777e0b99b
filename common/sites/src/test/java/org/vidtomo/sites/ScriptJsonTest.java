package org.vidtomo.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "var data = {\"a\":\"}\\\"{\",\"b\":[1,{\"c\":2}]};more({",
        "if (data) {} window[\"data\"] = {\"b\":[1]};",
        "window['data']={\"b\":[1]}",
        "{data:{\"b\":[1]},other:2}",
        "data({\"b\":[1]});",
        "var data = JSON.parse('{\"b\":[1]}');",
        "var data = '\\x7b\\x22b\\x22:\\u005b1\\x5d\\x7d';",
        "data = null; x.data = undefined; data = {\"b\":[1]}"
      })
  void valueOfAName_isRead(String script) {
    assertThat(ScriptJson.after(script, "data").orElseThrow().path("b").path(0).asInt())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data",
        "data = ",
        "data = {\"a\":",
        "data = {a: 1}",
        "data = '",
        "data = '\\u00",
        "data = '\\",
        "data = 5",
        "other = {}"
      })
  void whatIsNoJson_isEmpty(String script) {
    assertThat(ScriptJson.after(script, "data")).isEmpty();
  }

  @Test
  void hostileScript_isReadInBoundedTime() {
    String script = "data={".repeat(700_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(ScriptJson.after(script, "data")).isEmpty());
  }
}
