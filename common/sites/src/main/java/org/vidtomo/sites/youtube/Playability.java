package org.vidtomo.sites.youtube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;

/** Why YouTube does not let a video be played, by the status and the English words it gives. */
final class Playability {
  private static final Pattern BOT =
      Pattern.compile("not a (?:ro)?bot\\b|unusual traffic", Pattern.CASE_INSENSITIVE);
  private static final Pattern REGION =
      Pattern.compile(
          "\\b(?:your|this|some) (?:country|region|location)\\b|countries",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ACCOUNT =
      Pattern.compile(
          "\\bprivate\\b|\\bage\\b|sign in|\\bmembers?\\b|\\bpayment\\b|\\bpurchase|\\brent\\b"
              + "|\\bpaid\\b|premium|inappropriate",
          Pattern.CASE_INSENSITIVE);

  private Playability() {}

  /**
   * Why not.
   *
   * @param status {@code playabilityStatus} of a player's response
   * @return empty when the video can be played
   */
  static Optional<Failure> failure(JsonNode status) {
    String word = status.path("status").asText("");
    if (word.equals("OK")) {
      return Optional.empty();
    }
    String reason = reason(status);
    String all = reason + " " + status.path("messages") + " " + subreason(status);
    String detail = (reason.isEmpty() ? "YouTube gives no reason" : reason) + " (" + word + ")";
    return Optional.of(new Failure(kind(word, all), "locate", "YouTube: " + detail));
  }

  private static FailureKind kind(String word, String words) {
    String plain = words.replace('’', '\'').toLowerCase(Locale.ROOT);
    if (BOT.matcher(plain).find()) {
      return FailureKind.BOT_CHECK;
    }
    if (REGION.matcher(plain).find()) {
      return FailureKind.GEO_BLOCKED;
    }
    boolean account =
        List.of("LOGIN_REQUIRED", "AGE_VERIFICATION_REQUIRED", "AGE_CHECK_REQUIRED").contains(word);
    return account || word.equals("UNPLAYABLE") && ACCOUNT.matcher(plain).find()
        ? FailureKind.LOGIN_REQUIRED
        : FailureKind.VIDEO_UNAVAILABLE;
  }

  private static String reason(JsonNode status) {
    String reason = status.path("reason").asText("");
    return reason.isEmpty() ? text(error(status).path("reason")) : reason;
  }

  private static String subreason(JsonNode status) {
    return text(error(status).path("subreason"));
  }

  private static JsonNode error(JsonNode status) {
    return status.path("errorScreen").path("playerErrorMessageRenderer");
  }

  private static String text(JsonNode node) {
    return Renderers.text(node);
  }
}
