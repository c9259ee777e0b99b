package org.vidtomo.testsite.layout;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives the site's resolvers their names and kinds. */
final class ResolverNames {

  /** Resolvers beside one an ISP. */
  static final int PUBLIC = 2;

  private ResolverNames() {}

  /** One an ISP in their order, then the two public ones. */
  static List<Resolver> assign(List<Isp> isps, List<InetSocketAddress> addresses) {
    List<Resolver> resolvers = new ArrayList<>();
    for (int i = 0; i < isps.size(); i++) {
      Isp isp = isps.get(i);
      resolvers.add(
          new Resolver(
              isp.name() + "'s own", Resolver.Kind.SYSTEM, Optional.of(isp), addresses.get(i)));
    }
    resolvers.add(
        new Resolver(
            "Openwell", Resolver.Kind.CLIENT_AWARE, Optional.empty(), addresses.get(isps.size())));
    resolvers.add(
        new Resolver(
            "Farpoint", Resolver.Kind.CENTRAL, Optional.empty(), addresses.get(isps.size() + 1)));
    return List.copyOf(resolvers);
  }
}
