package org.vidtomo.testsite.layout;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A recursive resolver as its clients see it.
 *
 * @param name what people read
 * @param kind how it tells where its clients are
 * @param isp the ISP whose own it is; empty for a public one
 */
public record Resolver(String name, Kind kind, Optional<Isp> isp, InetSocketAddress address) {

  /** How a resolver tells the site where its clients are. */
  public enum Kind {
    /** An ISP's own: every client counts as that ISP's customer. */
    SYSTEM,
    /** A public one that passes the client's network on, as with EDNS client subnet, RFC 7871. */
    CLIENT_AWARE,
    /** A public one that does not: everyone gets the same answer. */
    CENTRAL
  }

  public Resolver {
    if ((kind == Kind.SYSTEM) != isp.isPresent()) {
      throw new IllegalArgumentException("A system resolver, and only that, has an ISP: " + name);
    }
  }
}
