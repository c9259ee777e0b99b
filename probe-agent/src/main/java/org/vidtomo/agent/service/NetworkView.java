package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An agent's network as it is seen from outside.
 *
 * @param publicIp absent when it is not a public one
 * @param prefix the /24 or /48 around it
 * @param clockOffsetMicros the agent's clock minus the coordinator's
 * @param ticket the coordinator's signed word for the prefix
 */
record NetworkView(
    Optional<String> publicIp,
    Optional<String> prefix,
    OptionalLong clockOffsetMicros,
    Optional<String> ticket) {
  static final NetworkView UNKNOWN =
      new NetworkView(Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty());

  private static final int V4_BYTES = 3;
  private static final int V6_BYTES = 6;

  NetworkView {
    requireNonNull(publicIp, "publicIp");
    requireNonNull(prefix, "prefix");
    requireNonNull(clockOffsetMicros, "clockOffsetMicros");
    requireNonNull(ticket, "ticket");
  }

  /** What would be seen of this address. */
  static NetworkView of(InetAddress address) {
    byte[] bytes = address.getAddress();
    int kept = bytes.length == 4 ? V4_BYTES : V6_BYTES;
    Arrays.fill(bytes, kept, bytes.length, (byte) 0);
    try {
      String prefix = InetAddress.getByAddress(bytes).getHostAddress() + "/" + 8 * kept;
      return new NetworkView(
          Optional.of(address.getHostAddress()),
          Optional.of(prefix),
          OptionalLong.empty(),
          Optional.empty());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address keeps its length", e);
    }
  }
}
