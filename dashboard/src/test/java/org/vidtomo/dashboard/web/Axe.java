package org.vidtomo.dashboard.web;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.vidtomo.testkit.Chromium;

/** axe-core, which looks for what keeps people from using a page (WCAG 2.1 A and AA). */
public final class Axe {
  private static final String SCRIPT = script();
  private static final String RUN =
      """
      return axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
        resultTypes: ['violations'],
      }).then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 5).map((n) => `${n.target} ${n.any[0]?.message ?? ''}`).join(' | ')}`));
      """;

  private Axe() {}

  /** The serious and critical violations of what is shown now, each with its elements. */
  public static List<String> violations(Chromium browser) throws Exception {
    browser.run("if (!window.axe) {" + SCRIPT + "}");
    return StreamSupport.stream(browser.run(RUN).spliterator(), false)
        .map(found -> found.asText())
        .toList();
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          requireNonNull(in, "axe.min.js is not on the class path").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading axe.min.js", e);
    }
  }
}
