package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.util.Optional;
import org.vidtomo.agent.policy.AddressPolicy;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Whoami;

/**
 * From which network this machine reaches others. Only the prefix is told: what a doctor says is
 * often shown to others.
 */
final class AddressCheck implements Check {
  private final CoordinatorCall coordinator;

  AddressCheck(CoordinatorCall coordinator) {
    this.coordinator = requireNonNull(coordinator, "coordinator");
  }

  @Override
  public Finding look() throws Exception {
    String own =
        "own public addresses: IPv4 %s, IPv6 %s"
            .formatted(has(false) ? "yes" : "none", has(true) ? "yes" : "none");
    Optional<JsonHttp> named = coordinator.http();
    if (named.isEmpty()) {
      return Finding.ok(own + "; no coordinator is named that could say what others see");
    }
    try {
      Whoami seen = Whoami.ask(named.get(), 1, Clock.systemUTC(), System::nanoTime);
      // A literal: nothing is looked up.
      InetAddress address = InetAddress.getByName(seen.address());
      String family = address instanceof Inet6Address ? "IPv6" : "IPv4";
      String kind = AddressPolicy.isPublic(address) ? "public" : "private";
      return Finding.ok(
          "the coordinator sees the %s %s network %s; %s"
              .formatted(kind, family, seen.prefix(), own));
    } catch (JsonHttpException e) {
      return Finding.ok(own + "; the coordinator does not say what it sees");
    }
  }

  private static boolean has(boolean six) throws SocketException {
    return NetworkInterface.networkInterfaces()
        .flatMap(each -> each.getInterfaceAddresses().stream())
        .map(InterfaceAddress::getAddress)
        .anyMatch(a -> a instanceof Inet6Address == six && AddressPolicy.isPublic(a));
  }
}
