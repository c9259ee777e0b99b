package org.vidtomo.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the page says stands in one place, for whoever mends or translates it. */
class TextsTest {
  private static final String PLACE = "texts.js";
  private static final Pattern SPOKEN =
      Pattern.compile(
          "\\b(?:aria-label|title|label|placeholder|alt)=\"([^\"]*[A-Za-z]{2}[^\"]*)\"");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");

  /** Begins as a sentence does and goes on with another word. */
  private static final Pattern SENTENCE =
      Pattern.compile("(?s)[^A-Za-z]*[A-Z][a-z’]+[,:]? [^=]*[A-Za-z{].*");

  /** Names, not words: of formats, of numbers of networks, and a command. */
  private static final Pattern NAMES =
      Pattern.compile("\\b(AS|CSV|JSON|vidtomo agent enroll --coordinator URL --invite)\\b");

  private static final List<String> NOT_SAID =
      List.of("Bearer {}", "no HTML is made from text", "{} · Vidtomo");

  @Test
  void everyText_ofEveryView_standsInOnePlace() {
    List<String> elsewhere = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : PageModules.from("app.js").files().entrySet()) {
      if (file.getKey().startsWith("lib/") || file.getKey().equals(PLACE)) {
        continue;
      }
      String source = new String(file.getValue(), StandardCharsets.UTF_8);
      for (ScriptTexts.Literal literal : ScriptTexts.of(source)) {
        said(literal).forEach(text -> elsewhere.add(file.getKey() + ": " + text));
      }
    }
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void textsOutsideTheirPlace_areFound() {
    String source =
        """
        // Not this one.
        const a = html`<p title="Shown here">${b ? 'Said so' : html`and more`}</p> ${c / d}`;
        const kind = text.replace(/['`]/, '') + 'row plain' + `badge ${a}`;
        """;
    assertThat(ScriptTexts.of(source).stream().flatMap(literal -> said(literal).stream()))
        .containsExactlyInAnyOrder("Shown here", "Said so", "and more");
  }

  private static List<String> said(ScriptTexts.Literal literal) {
    String text = literal.text();
    if (NOT_SAID.contains(text)) {
      return List.of();
    }
    if (!literal.template()) {
      return SENTENCE.matcher(text).matches() ? List.of(text) : List.of();
    }
    List<String> found =
        new ArrayList<>(SPOKEN.matcher(text).results().map((MatchResult m) -> m.group(1)).toList());
    String shown = text.replaceAll("<[^>]*>", " ");
    if (WORD.matcher(NAMES.matcher(shown).replaceAll("")).find()) {
      found.add(shown.strip());
    }
    return found;
  }
}
