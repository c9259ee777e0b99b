package org.vidtomo.agent.service;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.policy.AddressPolicy;

/**
 * The public addresses that this machine itself has, as of IPv6: servers may see another than the
 * one that the coordinator does.
 */
final class InterfaceAddresses {
  private static final Logger LOG = LoggerFactory.getLogger(InterfaceAddresses.class);

  private InterfaceAddresses() {}

  static Set<String> ofPublic() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(AddressPolicy::isPublic)
          .map(InetAddress::getHostAddress)
          .map(text -> text.replaceFirst("%.*", ""))
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      LOG.warn("cannot list this machine's addresses to take them out of a report", e);
      return Set.of();
    }
  }
}
