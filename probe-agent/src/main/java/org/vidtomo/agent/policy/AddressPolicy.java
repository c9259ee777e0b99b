package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.runtime.http.AddressBlock;
import org.vidtomo.runtime.http.SpecialAddresses;

/**
 * Public servers only: no special-purpose address, in whatever form, and none of this machine's
 * own, its neighbours' or its line's. With private addresses allowed, those where test sites live pass too; link-local ones, where
 * clouds keep their secrets, and multicast never do. Thread-safe.
 */
public final class AddressPolicy implements AddressGuard {
  private final boolean allowPrivate;
  private final Supplier<List<AddressBlock>> around;

  /** A policy for a machine whose public address is not known. */
  public AddressPolicy(boolean allowPrivate) {
    this(allowPrivate, new LocalNetwork(Optional::empty));
  }

  /**
   * A policy for this machine.
   *
   * @param around what stands around it
   */
  AddressPolicy(boolean allowPrivate, Supplier<List<AddressBlock>> around) {
    this.allowPrivate = allowPrivate;
    this.around = requireNonNull(around, "around");
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
    if (!allowPrivate) {
      checkAround(address);
    }
  }

  private void checkAround(InetAddress address) throws RefusedException {
    byte[] meant = SpecialAddresses.meant(address.getAddress());
    List<AddressBlock> blocks;
    try {
      blocks = around.get();
    } catch (IllegalStateException e) {
      throw refused(text(address) + " may be this machine's: " + e.getMessage(), true);
    }
    Optional<AddressBlock> near = blocks.stream().filter(b -> b.contains(meant)).findFirst();
    if (near.isPresent()) {
      throw refused(
          "%s is %s, %s".formatted(text(address), near.get().name(), near.get().cidr()), true);
    }
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
