package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Lengths of videos as documents tell them. */
final class Durations {
  private static final List<String> KEYS =
      List.of(
          "real_duration",
          "durationmicros",
          "duration_ms",
          "durationms",
          "durationinms",
          "durationmillis",
          "duration_seconds",
          "durationseconds",
          "durationinseconds",
          "lengthseconds",
          "length_seconds",
          "videoduration",
          "duration",
          "duree",
          "runtime");

  /** Numbers above are milliseconds: nobody offers a video of 27 hours. */
  private static final long MAX_SECONDS = 100_000;

  private static final long MAX_MICROS = MAX_SECONDS * 1_000_000;

  private Durations() {}

  /** What an object's own fields say. */
  static OptionalLong of(JsonNode object) {
    Map<String, JsonNode> fields = fields(object);
    for (String key : KEYS) {
      OptionalLong micros = value(key, fields.get(key));
      if (micros.isPresent()) {
        return micros;
      }
    }
    return OptionalLong.empty();
  }

  /** The same in a unit that objects beside each other share, whatever it is. */
  static OptionalLong amount(JsonNode object) {
    Map<String, JsonNode> fields = fields(object);
    for (String key : KEYS) {
      JsonNode value = fields.get(key);
      if (value != null && value.isNumber()) {
        return OptionalLong.of(value.asLong());
      }
    }
    return of(object);
  }

  private static Map<String, JsonNode> fields(JsonNode object) {
    Map<String, JsonNode> fields = new HashMap<>();
    object
        .fields()
        .forEachRemaining(f -> fields.put(f.getKey().toLowerCase(Locale.ROOT), f.getValue()));
    return fields;
  }

  private static OptionalLong value(String key, JsonNode value) {
    if (value == null || !value.isValueNode()) {
      return OptionalLong.empty();
    }
    String text = value.asText().strip();
    if (!text.matches("\\d{1,12}(\\.\\d{1,12})?")) {
      return text(text);
    }
    double number = Double.parseDouble(text);
    if (key.endsWith("micros")) {
      return micros(number);
    }
    boolean millis = key.endsWith("ms") || key.endsWith("millis") || number > MAX_SECONDS;
    return micros(number * (millis ? 1000 : 1_000_000));
  }

  private static OptionalLong micros(double micros) {
    return micros >= 1 && micros <= MAX_MICROS
        ? OptionalLong.of(Math.round(micros))
        : OptionalLong.empty();
  }

  /** ISO 8601, or hours, minutes and seconds with colons. */
  static OptionalLong text(String text) {
    if (text.matches("(\\d{1,3}:)?\\d{1,3}:\\d{2}(\\.\\d{1,6})?")) {
      double seconds = 0;
      for (String part : text.split(":")) {
        seconds = seconds * 60 + Double.parseDouble(part);
      }
      return micros(seconds * 1_000_000);
    }
    try {
      return text.length() > 40
          ? OptionalLong.empty()
          : micros(Duration.parse(text).toNanos() / 1e3);
    } catch (DateTimeParseException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }
}
