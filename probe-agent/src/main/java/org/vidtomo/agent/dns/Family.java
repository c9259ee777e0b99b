package org.vidtomo.agent.dns;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import org.vidtomo.core.task.AddressFamily;

/** Which addresses a measurement may use, and which of them first. */
final class Family {
  private Family() {}

  static boolean allows(AddressFamily family, InetAddress address) {
    return switch (family) {
      case IPV4 -> !(address instanceof Inet6Address);
      case IPV6 -> address instanceof Inet6Address;
      case AUTO -> true;
    };
  }

  /** IPv6 where there is a route to it, IPv4, then the rest. */
  static int rank(InetAddress address) {
    if (address instanceof Inet6Address) {
      return routed(address) ? 0 : 2;
    }
    return 1;
  }

  /** Connecting a datagram socket looks the route up and sends nothing. */
  private static boolean routed(InetAddress address) {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.connect(new InetSocketAddress(address, 9));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
