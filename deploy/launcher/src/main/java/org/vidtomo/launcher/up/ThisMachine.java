package org.vidtomo.launcher.up;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.vidtomo.runtime.settings.SettingException;

/** By which names and addresses others may reach this machine. */
final class ThisMachine {
  private ThisMachine() {}

  /** Whether a server that listens on this host listens on all addresses. */
  static boolean isAny(String host) {
    return host.equals("0.0.0.0") || host.equals("::") || host.equals("*");
  }

  /**
   * The address that others most likely reach: public before private, IPv4 before IPv6.
   *
   * @throws SettingException when there is none but loopback
   */
  static String address() {
    return addresses().stream()
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .min(
            Comparator.comparing(InetAddress::isSiteLocalAddress)
                .thenComparing(address -> address.getAddress().length))
        .map(ThisMachine::text)
        .orElseThrow(
            () ->
                new SettingException(
                    "this machine has no address but loopback: say with --name how others reach it"));
  }

  /** Its names and addresses, loopback among them, for a certificate. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>(loopback());
    addresses().stream()
        .filter(address -> !address.isLinkLocalAddress())
        .map(ThisMachine::text)
        .forEach(names::add);
    try {
      String host = InetAddress.getLocalHost().getHostName();
      if (host.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")) {
        names.add(host);
      }
    } catch (UnknownHostException e) {
      // A machine whose name nobody knows is reached by its addresses.
      return names;
    }
    return names;
  }

  /** By what it always reaches itself. */
  static Set<String> loopback() {
    return Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  private static List<InetAddress> addresses() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(ThisMachine::ofWorking).toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  private static Stream<InetAddress> ofWorking(NetworkInterface device) {
    try {
      return device.isUp() ? device.inetAddresses() : Stream.empty();
    } catch (SocketException e) {
      return Stream.empty();
    }
  }

  private static String text(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
