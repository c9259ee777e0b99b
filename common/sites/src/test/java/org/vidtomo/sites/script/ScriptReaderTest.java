package org.vidtomo.sites.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScriptReaderTest {
  private static JsonNode named(String script, String name) {
    return ScriptReader.read(script).stream()
        .filter(literal -> literal.name().equals(name))
        .map(Literal::value)
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  @Test
  void callWithAnObject_isNamedAfterItsPath() {
    JsonNode setUp =
        named(
            """
            if (a < b / 2) { /* jwplayer("x").setup({file: 1}) */ }
            jwplayer( "player" ).setup({ // a comment
              'file': '/v\\u002f1.mp4', autostart: !1, width: -640, "x": null,
              sources: [{file: "/1.mp4", label: `720p`,}, {file: "/2.mp4"},],
              onReady: function () { return { b: "}" } },
            });
            """,
            "jwplayer().setup");
    assertThat(setUp.path("file").asText()).isEqualTo("/v/1.mp4");
    assertThat(setUp.path("autostart").asBoolean(true)).isFalse();
    assertThat(setUp.path("width").asInt()).isEqualTo(-640);
    assertThat(setUp.path("sources").path(0).path("label").asText()).isEqualTo("720p");
    assertThat(setUp.path("sources").size()).isEqualTo(2);
  }

  @Test
  void assignments_areNamedAndFollowed() {
    String script =
        """
        var base = 'https://cdn.example.org/', list = [{u: base + 'a.mp4'}]
        let config = { sources: list, poster: other }
        window.PLAYER_CONFIG = config;
        player["media"] = { hd: cond ? "h" + ".mp4" : 'l.mp4', id: unknown || "d" };
        """;
    assertThat(named(script, "window.PLAYER_CONFIG").at("/sources/0/u").asText())
        .isEqualTo("https://cdn.example.org/a.mp4");
    assertThat(named(script, "player.media").path("hd").asText()).isEqualTo("h.mp4");
    assertThat(named(script, "player.media").path("id").asText()).isEqualTo("d");
    assertThat(named(script, "config").has("poster")).isFalse();
  }

  @Test
  void packedText_isUnpacked() {
    String script =
        """
        var a = JSON.parse("{\\"file\\":\\"https:\\\\/\\\\/h.example\\\\/v.mp4\\"}");
        var b = decodeURIComponent('https%3A%2F%2Fh.example%2Fv.mp4');
        var c = atob("aHR0cHM6Ly9oLmV4YW1wbGUvdi5tcDQ=");
        so.addVariable('config', unescape("%2Fc.xml") + '?a=' + 'b');
        """;
    assertThat(named(script, "a").path("file").asText()).isEqualTo("https://h.example/v.mp4");
    assertThat(named(script, "b").asText()).isEqualTo("https://h.example/v.mp4");
    assertThat(named(script, "c").asText()).isEqualTo("https://h.example/v.mp4");
    assertThat(named(script, "flashvars").path("config").asText()).isEqualTo("/c.xml?a=b");
  }

  @Test
  void expressions_areNotTakenForRegularOnesNorTheOtherWay() {
    assertThat(named("x = y / 2; s = {a: 'b'}; z = q / 3", "s").path("a").asText()).isEqualTo("b");
    assertThat(named("x = /[/'\"{]+/.test(y); s = {a: 'b'}", "s").path("a").asText())
        .isEqualTo("b");
    assertThat(named("f(/\\/'/g, \"\"); s = {a: 'b'}", "s").path("a").asText()).isEqualTo("b");
  }

  @Test
  void brokenScript_givesWhatIsWhole() {
    assertThat(named("f({a: [1, {b: 'c'}); g = {d: 'e'", "g").path("d").asText()).isEqualTo("e");
    assertThat(named("s = 'open\nt = {a: 'b'}", "t").path("a").asText()).isEqualTo("b");
    assertThat(named(")}] = ; s = {a: 'b'}", "s").path("a").asText()).isEqualTo("b");
  }

  @Test
  void json_isAValue() {
    assertThat(ScriptReader.value(" {\"a\": [1.5, true, \"\\u00e9\"]} ").at("/a/2").asText())
        .isEqualTo("é");
    assertThat(ScriptReader.value("[\"line\nbreak\"").isArray()).isTrue();
    assertThat(ScriptReader.value("no value at all; f()").isContainerNode()).isFalse();
    assertThat(ScriptReader.value("").isMissingNode()).isTrue();
  }

  @Test
  void hostileScripts_areReadInBoundedTimeAndMemory() {
    List<String> scripts =
        List.of(
            "{a:[".repeat(300_000),
            "(/[".repeat(300_000),
            "x = 'a'; " + "x = x + x; ".repeat(100_000),
            "x = ['a']; " + "x = [x, x]; ".repeat(100_000),
            "s = '" + "a".repeat(500_000) + "'; " + "t = JSON.parse(s); ".repeat(20_000),
            "a ? b : ".repeat(200_000),
            "'\\u{".repeat(300_000),
            "a" + " + 'b'".repeat(300_000),
            "`${".repeat(300_000),
            "}".repeat(1_000_000),
            "f(".repeat(100) + "})]".repeat(300_000));
    for (String script : scripts) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> ScriptReader.read(script), () -> script.substring(0, 20));
    }
  }

  @Test
  void anyText_isRead() {
    String alphabet = "{}[]()'\"`/\\:;,.=+?|!-$ \n\t<abcu0x1\u00e9";
    Random random = new Random(11);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(120); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(ScriptReader.read(text.toString())).isNotNull();
      assertThat(ScriptReader.value(text.toString())).isNotNull();
    }
  }
}
