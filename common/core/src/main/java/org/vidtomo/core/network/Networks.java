package org.vidtomo.core.network;

import java.net.InetAddress;
import java.util.Optional;

/** Knows the networks of addresses. Thread-safe; the same address gives the same answer. */
@FunctionalInterface
public interface Networks {
  /** Knows none. */
  Networks NONE = address -> Optional.empty();

  /** The network of an address, if it is known. */
  Optional<Network> find(InetAddress address);

  /** The network of an address that is written out; empty for what is no address. */
  default Optional<Network> find(String literal) {
    return Literals.parse(literal).flatMap(this::find);
  }
}
