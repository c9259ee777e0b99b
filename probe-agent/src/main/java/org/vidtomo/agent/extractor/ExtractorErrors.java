package org.vidtomo.agent.extractor;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.sites.Page;

/** What the error texts of yt-dlp mean. The first that fits counts. */
final class ExtractorErrors {
  private record Rule(Pattern text, FailureKind kind) {}

  private static final List<Rule> RULES =
      List.of(
          rule("not a (ro)?bot|captcha|cloudflare|unusual traffic", FailureKind.BOT_CHECK),
          rule("drm|protected by|only (available|offers) encrypted", FailureKind.UNSUPPORTED_MEDIA),
          rule(
              "(available|blocked|accessible|allowed) (it )?(in|from|on copyright grounds in) your"
                  + " (country|location|region)|geo.?(restrict|block)|not made this video available"
                  + "|unavailable in your (country|location|region)",
              FailureKind.GEO_BLOCKED),
          rule(
              "private|log ?in|sign ?in|signed in|password|confirm your age|age.?restrict"
                  + "|members?.only|subscri|registered|cookies|authenticat|premium|purchase|paid"
                  + "|requires? payment",
              FailureKind.LOGIN_REQUIRED),
          rule(
              "unsupported url|no video formats|no video could be found|no media",
              FailureKind.MEDIA_NOT_FOUND),
          rule(
              "unavailable|removed|deleted|does not exist|doesn't exist|not exist|no longer"
                  + "|terminated|404|410|not found|not available|has ended|not yet|begin in"
                  + "|premieres in|offline",
              FailureKind.VIDEO_UNAVAILABLE));

  private static final Pattern URL = Pattern.compile("[a-z]{3,6}://\\S+", Pattern.CASE_INSENSITIVE);

  private ExtractorErrors() {}

  private static Rule rule(String text, FailureKind kind) {
    return new Rule(Pattern.compile(text), kind);
  }

  static Page page(String errors, int status, String name) {
    String line =
        errors
            .lines()
            .filter(text -> text.startsWith("ERROR"))
            .findFirst()
            .or(() -> errors.lines().filter(text -> !text.isBlank()).reduce((a, b) -> b))
            .map(text -> URL.matcher(text).replaceAll("(URL)").strip())
            .orElse("it said nothing");
    // Network troubles are told with much else in one line: they are the extractor's.
    String lower = line.toLowerCase(Locale.ROOT);
    boolean network = lower.matches(".*(timed out|getaddrinfo|connection|ssl|http error 5).*");
    FailureKind kind =
        network
            ? FailureKind.EXTRACTOR_FAILED
            : RULES.stream()
                .filter(rule -> rule.text().matcher(lower).find())
                .map(Rule::kind)
                .findFirst()
                .orElse(FailureKind.EXTRACTOR_FAILED);
    return Page.failed(kind, name + " ended with status " + status + ": " + line);
  }
}
