package org.vidtomo.launcher.dead;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.launcher.print.Units;
import org.vidtomo.messaging.DeadLetter;

/** A dead letter in a line, in many, and as JSON. What it says comes from anywhere. */
final class DeadLetterView {
  private static final int REASON = 100;
  private static final int LONGEST_LINE = 400;
  private static final int MOST_LINES = 2_000;

  private DeadLetterView() {}

  static String heading() {
    return String.format("%-12s  %-20s  %-24s  %8s  %s", "id", "died", "from", "bytes", "reason");
  }

  static String line(DeadLetter letter) {
    return String.format(
        "%-12s  %-20s  %-24s  %8d  %s",
        letter.id(),
        died(letter),
        Units.safe(letter.origin().map(DeadLetter.Origin::queue).orElse("unknown"), 24),
        letter.body().length,
        Units.safe(letter.reason(), REASON));
  }

  private static String died(DeadLetter letter) {
    return letter
        .diedAt()
        .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
        .orElse("unknown");
  }

  /** Everything about one. */
  static List<String> lines(DeadLetter letter) {
    List<String> lines = new ArrayList<>();
    lines.add("dead letter %s, died %s".formatted(letter.id(), died(letter)));
    lines.add("reason   " + Units.safe(letter.reason(), Integer.MAX_VALUE - 1));
    letter
        .origin()
        .ifPresent(
            from ->
                lines.add(
                    "from     %s, key %s"
                        .formatted(
                            Units.safe(from.queue(), LONGEST_LINE),
                            Units.safe(from.routingKey(), LONGEST_LINE))));
    letter.messageId().ifPresent(id -> lines.add("message  " + Units.safe(id, LONGEST_LINE)));
    new TreeMap<>(letter.headers())
        .forEach(
            (name, value) ->
                lines.add(
                    "header   %s: %s"
                        .formatted(
                            Units.safe(name, LONGEST_LINE), Units.safe(value, LONGEST_LINE))));
    lines.add("body     %d bytes".formatted(letter.body().length));
    json(letter)
        .map(JsonNode::toPrettyString)
        .orElseGet(() -> Base64.getMimeEncoder().encodeToString(letter.body()))
        .lines()
        .limit(MOST_LINES)
        .forEach(line -> lines.add(Units.safe(line, LONGEST_LINE)));
    return lines;
  }

  /**
   * As JSON.
   *
   * @param whole with headers and body
   */
  static ObjectNode json(DeadLetter letter, boolean whole) {
    ObjectNode json = Wire.mapper().createObjectNode();
    json.put("id", letter.id());
    letter.diedAt().ifPresent(at -> json.put("diedAt", at.toString()));
    json.put("reason", letter.reason());
    letter
        .origin()
        .ifPresent(from -> json.put("queue", from.queue()).put("routingKey", from.routingKey()));
    letter.messageId().ifPresent(id -> json.put("messageId", id));
    json.put("bodyBytes", letter.body().length);
    if (whole) {
      json.set("headers", Wire.mapper().valueToTree(letter.headers()));
      json.put("bodyBase64", Base64.getEncoder().encodeToString(letter.body()));
      json(letter).ifPresent(body -> json.set("body", body));
    }
    return json;
  }

  /** What the body says, if it is JSON, compressed or not. */
  private static Optional<JsonNode> json(DeadLetter letter) {
    byte[] body = letter.body();
    try {
      boolean gzip = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
      byte[] text = gzip ? decompressed(body) : body;
      JsonNode json = Wire.mapper().readTree(text);
      return Optional.ofNullable(json).filter(JsonNode::isContainerNode);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] decompressed(byte[] body) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readNBytes(Wire.MAX_BYTES);
    }
  }
}
