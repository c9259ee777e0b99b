package org.vidtomo.agent.service;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.policy.AddressPolicy;

/** The addresses that this machine itself has. */
final class InterfaceAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceAddresses.class);

  private InterfaceAddresses() {}

  /** As of IPv6: servers may see another than the one that the coordinator does. */
  static Set<String> ofPublic() {
    return those(AddressPolicy::isPublic);
  }

  /** All but those that come and go with every link. */
  static Set<String> ofNetworks() {
    return those(address -> !address.isLinkLocalAddress());
  }

  private static Set<String> those(Predicate<InetAddress> wanted) {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(wanted)
          .map(InetAddress::getHostAddress)
          .map(text -> text.replaceFirst("%.*", ""))
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      LOG.warn("cannot list this machine's addresses", e);
      return Set.of();
    }
  }
}
