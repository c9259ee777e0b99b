package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.runtime.http.AddressBlock;
import org.vidtomo.runtime.http.SpecialAddresses;
import org.vidtomo.runtime.http.TranslationPrefix;

/**
 * Public servers only: no special-purpose address, in whatever form, and none of this machine's
 * own, its neighbours' or its line's. With private addresses allowed, those where test sites live
 * pass too; link-local ones, where clouds keep their secrets, and multicast never do. Thread-safe.
 */
public final class AddressPolicy implements AddressGuard {
  static final String NOT_PUBLIC =
      "the address is not a public server's; agents with --allow-private may measure test sites";

  private final boolean allowPrivate;
  private final Supplier<List<AddressBlock>> around;
  private final Supplier<Set<TranslationPrefix>> translators;

  /** A policy for a machine whose public address is not known. */
  public AddressPolicy(boolean allowPrivate) {
    this(allowPrivate, new LocalNetwork(Set::of), Set::of);
  }

  /**
   * A policy for this machine.
   *
   * @param around what stands around it
   * @param translators where its network leads from IPv6 to IPv4
   */
  AddressPolicy(
      boolean allowPrivate,
      Supplier<List<AddressBlock>> around,
      Supplier<Set<TranslationPrefix>> translators) {
    this.allowPrivate = allowPrivate;
    this.around = requireNonNull(around, "around");
    this.translators = requireNonNull(translators, "translators");
  }

  /** Whether an address is some public server's or network's. */
  public static boolean isPublic(InetAddress address) {
    return SpecialAddresses.find(address.getAddress()).isEmpty();
  }

  @Override
  public void check(InetAddress address) throws RefusedException {
    String text = address.getHostAddress();
    byte[] bytes = address.getAddress();
    check(bytes, text);
    if (SpecialAddresses.meant(bytes).length == 16) {
      for (TranslationPrefix prefix : known(translators, text)) {
        Optional<byte[]> behind = prefix.ipv4In(bytes);
        if (behind.isPresent()) {
          check(behind.get(), text);
        }
      }
    }
  }

  private void check(byte[] address, String text) throws RefusedException {
    Optional<AddressBlock> special = SpecialAddresses.find(address);
    if (special.isPresent() && !(allowPrivate && special.get().testSites())) {
      throw refused(text, special.get(), special.get().testSites());
    }
    if (!allowPrivate) {
      byte[] meant = SpecialAddresses.meant(address);
      for (AddressBlock block : known(around, text)) {
        if (block.contains(meant)) {
          throw refused(text, block, true);
        }
      }
    }
  }

  private static <T> T known(Supplier<T> facts, String address) throws RefusedException {
    try {
      return facts.get();
    } catch (IllegalStateException e) {
      String why = address + " may be of this network: " + e.getMessage();
      throw new RefusedException(FailureKind.PRIVATE_ADDRESS, why, NOT_PUBLIC);
    }
  }

  private static RefusedException refused(
      String address, AddressBlock block, boolean canBeAllowed) {
    String why = "%s is %s, %s".formatted(address, block.name(), block.cidr());
    return new RefusedException(
        FailureKind.PRIVATE_ADDRESS,
        why + (canBeAllowed ? "; for a test site, --allow-private lets it pass" : ""),
        NOT_PUBLIC);
  }
}
