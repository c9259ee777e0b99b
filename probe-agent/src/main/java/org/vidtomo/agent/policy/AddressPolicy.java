package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.runtime.http.AddressBlock;
import org.vidtomo.runtime.http.SpecialAddresses;

/**
 * Public servers only: no special-purpose address, in whatever form, and none of this machine's
 * own. With private addresses allowed, those where test sites live pass too; link-local ones, where
 * clouds keep their secrets, and multicast never do. Thread-safe.
 */
public final class AddressPolicy implements AddressGuard {
  private final boolean allowPrivate;
  private final Supplier<Set<InetAddress>> own;

  /** A policy for this machine. */
  public AddressPolicy(boolean allowPrivate) {
    this(allowPrivate, new OwnAddresses());
  }

  AddressPolicy(boolean allowPrivate, Supplier<Set<InetAddress>> own) {
    this.allowPrivate = allowPrivate;
    this.own = requireNonNull(own, "own");
  }

  /** Whether an address is some public server's or network's. */
  public static boolean isPublic(InetAddress address) {
    return SpecialAddresses.find(address.getAddress()).isEmpty();
  }

  @Override
  public void check(InetAddress address) throws RefusedException {
    byte[] bytes = address.getAddress();
    Optional<AddressBlock> special = SpecialAddresses.find(bytes);
    if (special.isPresent() && !(allowPrivate && special.get().testSites())) {
      throw refused(
          "%s is %s, %s".formatted(text(address), special.get().name(), special.get().cidr()),
          special.get().testSites());
    }
    if (!allowPrivate && isOwn(SpecialAddresses.meant(bytes))) {
      throw refused(text(address) + " is this machine's own address", true);
    }
  }

  private boolean isOwn(byte[] address) {
    return own.get().stream().anyMatch(a -> Arrays.equals(a.getAddress(), address));
  }

  private static RefusedException refused(String what, boolean canBeAllowed) {
    return new RefusedException(
        FailureKind.PRIVATE_ADDRESS,
        what + (canBeAllowed ? "; for a test site, --allow-private lets it pass" : ""));
  }

  private static String text(InetAddress address) {
    return address.getHostAddress();
  }
}
