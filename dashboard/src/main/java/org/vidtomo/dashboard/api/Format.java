package org.vidtomo.dashboard.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import org.vidtomo.core.wire.WireName;

/** In which form a view is answered. */
enum Format implements WireName {
  JSON("application/json"),
  CSV("text/csv");

  /** The parameter that names one; it stands above the header Accept. */
  static final String PARAMETER = "format";

  private static final int WHOLE = 1_000;

  private final String mediaType;

  Format(String mediaType) {
    this.mediaType = mediaType;
  }

  /** As asked for. */
  static Format of(HttpServerRequest request, Parameters parameters) {
    if (parameters.text(PARAMETER).isPresent()) {
      return parameters.oneOf(PARAMETER, Format.class, JSON);
    }
    return accepted(request.getHeader("accept"), true);
  }

  /**
   * What a header Accept prefers (RFC 9110 §12.5.1).
   *
   * @param csv whether there is one
   * @throws ProblemException 406 when it takes none
   */
  static Format accepted(String accept, boolean csv) {
    int ofJson = quality(accept, JSON.mediaType);
    int ofCsv = csv ? quality(accept, CSV.mediaType) : 0;
    if (ofJson == 0 && ofCsv == 0) {
      throw new ProblemException(
          406,
          csv
              ? "there is application/json and text/csv"
              : "there is application/json, and for whole views text/csv");
    }
    return ofCsv > ofJson ? CSV : JSON;
  }

  /** Thousandths; of the most specific range that the type is in. */
  private static int quality(String accept, String type) {
    if (accept == null || accept.isBlank()) {
      return WHOLE;
    }
    int best = 0;
    int found = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.split(";");
      String name = parts.length == 0 ? "" : parts[0].strip();
      int precise =
          name.equals(type) ? 3 : name.equals(type.substring(0, type.indexOf('/')) + "/*") ? 2 : 0;
      precise = name.equals("*/*") ? 1 : precise;
      if (precise > best) {
        best = precise;
        found = quality(parts);
      }
    }
    return found;
  }

  private static int quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.startsWith("q=")) {
        return number(part.substring(2)).orElse(WHOLE);
      }
    }
    return WHOLE;
  }

  private static Optional<Integer> number(String text) {
    try {
      double value = Double.parseDouble(text.strip());
      return value >= 0 && value <= 1
          ? Optional.of((int) Math.round(value * WHOLE))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
