package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.core.network.NetworkPrefix;

/**
 * An agent's network as it is seen from outside.
 *
 * @param publicIp absent when it is not a public one
 * @param otherPublicIp of the other address family, likewise; it goes nowhere
 * @param prefix the /24 or /48 around it
 * @param clockOffsetMicros the agent's clock minus the coordinator's
 * @param ticket the coordinator's signed word for the network
 * @param asn of the address, as far as the coordinator knows it; {@code asName} likewise
 * @param keep what the installation keeps of the address
 */
record NetworkView(
    Optional<String> publicIp,
    Optional<String> otherPublicIp,
    Optional<String> prefix,
    OptionalLong clockOffsetMicros,
    Optional<String> ticket,
    OptionalLong asn,
    Optional<String> asName,
    KeptAddresses keep) {
  static final NetworkView UNKNOWN =
      new NetworkView(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          KeptAddresses.WHOLE);

  NetworkView {
    requireNonNull(publicIp, "publicIp");
    requireNonNull(otherPublicIp, "otherPublicIp");
    requireNonNull(prefix, "prefix");
    requireNonNull(clockOffsetMicros, "clockOffsetMicros");
    requireNonNull(ticket, "ticket");
    requireNonNull(asn, "asn");
    requireNonNull(asName, "asName");
    requireNonNull(keep, "keep");
  }

  /** What would be seen of this address. */
  static NetworkView of(InetAddress address) {
    return new NetworkView(
        Optional.of(address.getHostAddress()),
        Optional.empty(),
        Optional.of(NetworkPrefix.of(address)),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        KeptAddresses.WHOLE);
  }
}
