package org.vidtomo.agent.enrol;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import org.vidtomo.runtime.http.Loopback;

/** An agent's secrets and reports leave the machine encrypted, or not at all. */
final class PlainText {
  private static final Set<String> ENCRYPTED = Set.of("https", "amqps");

  private PlainText() {}

  /**
   * Refuses servers on other machines that speak plain text.
   *
   * @throws IOException saying what to do
   */
  static void refuse(URI server) throws IOException {
    String scheme = String.valueOf(server.getScheme());
    if (ENCRYPTED.contains(scheme) || Loopback.isHostOf(server)) {
      return;
    }
    throw new IOException(
        "%s://%s is another machine, and agents speak plain text to their own alone: it takes %s. Ask the coordinator's operator"
            .formatted(scheme, server.getHost(), scheme.equals("amqp") ? "amqps" : "https"));
  }
}
