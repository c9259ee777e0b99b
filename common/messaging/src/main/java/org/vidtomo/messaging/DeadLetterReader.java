package org.vidtomo.messaging;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.LongString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.messaging.DeadLetter.Origin;

/** Reads what a dead letter says of itself, whether we buried it or the broker did. */
final class DeadLetterReader {
  private static final int ID_BYTES = 6;
  private static final String DEATHS = "x-death";

  /** What burying and delivering add; a message that is replayed goes without. */
  private static final Set<String> ADDED =
      Set.of(
          Topology.REASON_HEADER,
          Topology.ORIGIN_HEADER,
          Topology.USER_HEADER,
          DEATHS,
          "x-delivery-count",
          "x-acquired-count");

  private static final List<String> ADDED_BEGINNINGS = List.of("x-first-death-", "x-last-death-");

  private DeadLetterReader() {}

  static DeadLetter read(GetResponse message) {
    BasicProperties properties = message.getProps();
    Map<String, Object> raw = Optional.ofNullable(properties.getHeaders()).orElseGet(TreeMap::new);
    Optional<Map<?, ?>> death = lastDeath(raw);
    // What the broker buried has the headers that its sender gave it, our own names among them.
    Optional<Origin> origin =
        death.isPresent()
            ? death.flatMap(DeadLetterReader::origin)
            : text(raw, Topology.ORIGIN_HEADER).map(DeadLetterReader::origin);
    return new DeadLetter(
        id(message, origin),
        death
            .map(DeadLetterReader::reason)
            .or(() -> text(raw, Topology.REASON_HEADER))
            .orElse("the broker took it out of a queue and keeps no reason"),
        origin,
        published(raw),
        message.getBody(),
        Optional.ofNullable(properties.getMessageId()),
        Optional.ofNullable(properties.getContentType()),
        Optional.ofNullable(properties.getTimestamp()).map(Date::toInstant),
        death.filter(DeadLetterReader::isExpiredReport).isPresent());
  }

  private static Origin origin(String header) {
    int space = header.indexOf(' ');
    return space < 0
        ? new Origin(header, header)
        : new Origin(header.substring(0, space), header.substring(space + 1));
  }

  /**
   * RabbitMQ's own note: a table for each queue that it took the message out of, latest first. Not
   * of what we buried: our copies have texts for headers only.
   */
  private static Optional<Map<?, ?>> lastDeath(Map<String, Object> headers) {
    if (headers.get(DEATHS) instanceof List<?> deaths
        && !deaths.isEmpty()
        && deaths.get(0) instanceof Map<?, ?> death) {
      return Optional.of(death);
    }
    return Optional.empty();
  }

  private static Optional<Origin> origin(Map<?, ?> death) {
    if (death.get("queue") instanceof LongString queue
        && death.get("routing-keys") instanceof List<?> keys
        && !keys.isEmpty()) {
      return Optional.of(new Origin(queue.toString(), String.valueOf(keys.get(0))));
    }
    return Optional.empty();
  }

  private static boolean isExpiredReport(Map<?, ?> death) {
    return String.valueOf(death.get("reason")).equals("expired")
        && String.valueOf(death.get("queue")).equals(Topology.REPORTS_INGEST);
  }

  private static String reason(Map<?, ?> death) {
    return "the broker took it out of the queue: " + death.get("reason");
  }

  private static Map<String, String> published(Map<String, Object> raw) {
    Map<String, String> published = new TreeMap<>();
    for (String name : raw.keySet()) {
      if (!ADDED.contains(name) && ADDED_BEGINNINGS.stream().noneMatch(name::startsWith)) {
        text(raw, name).ifPresent(value -> published.put(name, value));
      }
    }
    return published;
  }

  private static Optional<String> text(Map<String, Object> headers, String name) {
    return ConsumedDelivery.text(headers.get(name));
  }

  private static String id(GetResponse message, Optional<Origin> origin) {
    MessageDigest digest = Sha256.start();
    digest.update(origin.map(Origin::queue).orElse("").getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(
        String.valueOf(message.getProps().getMessageId()).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return HexFormat.of().formatHex(digest.digest(message.getBody()), 0, ID_BYTES);
  }
}
