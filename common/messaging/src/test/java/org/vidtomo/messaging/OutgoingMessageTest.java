package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutgoingMessageTest {
  @Test
  void text_of_a_message_shows_neither_body_nor_headers() {
    OutgoingMessage message =
        OutgoingMessage.json("e", "k", new byte[3], Map.of("x-signature", "abc"), "id-1");
    assertThat(message.toString()).contains("id-1", "bytes=3").doesNotContain("abc");
  }

  @Test
  void headers_are_copied() {
    Map<String, String> headers = new HashMap<>(Map.of("a", "b"));
    OutgoingMessage message = OutgoingMessage.json("e", "k", new byte[0], headers, "id");
    headers.put("c", "d");
    assertThat(message.headers()).containsOnlyKeys("a");
  }

  @Test
  void what_does_not_fit_the_protocol_is_refused() {
    byte[] tooLong = new byte[OutgoingMessage.MAX_BODY_BYTES + 1];
    assertThatThrownBy(() -> OutgoingMessage.json("e", "k", tooLong, Map.of(), "id"))
        .hasMessageContaining("body must be <=");
    assertThatThrownBy(
            () -> OutgoingMessage.json("e", "é".repeat(128), new byte[0], Map.of(), "id"))
        .hasMessageContaining("routingKey must be <= 255 bytes, is 256");
    Map<String, String> large = Map.of("h", "x".repeat(OutgoingMessage.MAX_HEADER_BYTES));
    assertThatThrownBy(() -> OutgoingMessage.json("e", "k", new byte[0], large, "id"))
        .hasMessageContaining("headers must be <=");
    assertThatThrownBy(() -> OutgoingMessage.json("e", "k", new byte[0], Map.of(), ""))
        .hasMessageContaining("messageId");
  }
}
