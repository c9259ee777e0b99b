package org.vidtomo.agent.enrol;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.runtime.http.Loopback;

/** Where an agent's secrets and reports may go: encrypted off this machine, or not at all. */
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

  /**
   * Refuses a broker in plain text, and one in this machine's own network that a coordinator
   * outside of it names: agents would connect there again and again.
   *
   * @throws IOException saying what to do
   */
  static void refuseBroker(URI coordinator, URI broker) throws IOException {
    refuse(broker);
    boolean inside = Loopback.isHostOf(coordinator) || !isPublic(coordinator);
    if (!Loopback.isHostOf(coordinator) && Loopback.isHostOf(broker)
        || !inside && !isPublic(broker)) {
      throw new IOException(
          "the coordinator at %s names a broker in this machine's own network, %s: ask its operator"
              .formatted(coordinator.getHost(), broker.getHost()));
    }
  }

  /** Also what has no address: nobody connects to that. */
  private static boolean isPublic(URI server) {
    try {
      return Arrays.stream(InetAddress.getAllByName(server.getHost()))
          .allMatch(AddressPolicy::isPublic);
    } catch (UnknownHostException e) {
      return true;
    }
  }
}
