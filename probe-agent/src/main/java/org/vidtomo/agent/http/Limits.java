package org.vidtomo.agent.http;

import java.time.Duration;
import org.vidtomo.core.task.HttpProtocol;

/**
 * How long each part of an exchange may take.
 *
 * @param connect TCP
 * @param quic QUIC: a path that drops UDP shows only so, and who falls back waits for it
 * @param tls over TCP
 * @param response from sending the request to the head's end
 */
record Limits(Duration connect, Duration quic, Duration tls, Duration response) {
  static final Limits DEFAULTS =
      new Limits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20));

  /** Until a connection stands, TLS over TCP left out. */
  Duration connect(HttpProtocol protocol) {
    return protocol == HttpProtocol.HTTP_3 ? quic : connect;
  }
}
