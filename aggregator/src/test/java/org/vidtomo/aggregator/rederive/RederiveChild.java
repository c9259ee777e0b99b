package org.vidtomo.aggregator.rederive;

import java.net.InetSocketAddress;
import java.util.List;
import org.vidtomo.aggregator.derive.AddressRule;
import org.vidtomo.aggregator.derive.Derivation;
import org.vidtomo.core.network.Networks;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;

/** Derives everything again in a process of its own, to be killed. */
final class RederiveChild {
  private RederiveChild() {}

  /** Cassandra's host, port, data centre and keyspace. */
  public static void main(String[] args) throws Exception {
    StoreSettings settings =
        StoreSettings.of(
                List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
            .withKeyspace(args[3]);
    try (Store store = Store.open(settings)) {
      new Rederivation(new Derivation(Networks.NONE), AddressRule.KEEP_ALL, store).run(done -> {});
    }
  }
}
