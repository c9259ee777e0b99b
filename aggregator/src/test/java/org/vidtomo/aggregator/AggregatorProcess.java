package org.vidtomo.aggregator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.network.KeptAddresses;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.storage.Store;
import org.vidtomo.storage.StoreSettings;
import org.vidtomo.testkit.ChildJvm;

/** An aggregator in a process of its own, to be killed. It ends when its standard input does. */
final class AggregatorProcess {
  private AggregatorProcess() {}

  static ChildJvm start(StoreSettings store, URI broker) {
    InetSocketAddress contact = store.contactPoints().get(0);
    return ChildJvm.start(
        AggregatorProcess.class,
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        Map.of(),
        contact.getHostString(),
        String.valueOf(contact.getPort()),
        store.localDatacenter(),
        store.keyspace(),
        broker.toString());
  }

  /** Cassandra's host, port, data centre, keyspace; the broker. */
  public static void main(String[] args) throws Exception {
    Store store =
        Store.open(
            StoreSettings.of(
                    List.of(new InetSocketAddress(args[0], Integer.parseInt(args[1]))), args[2])
                .withKeyspace(args[3]));
    BrokerConnection broker =
        new BrokerConnection(BrokerSettings.of(URI.create(args[4]), "aggregator"));
    broker.start();
    new Aggregator(
            new AggregatorSettings(
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                AggregatorSettings.DEFAULT_PREFETCH,
                2,
                Optional.empty(),
                KeptAddresses.WHOLE),
            () -> store,
            broker,
            new SimpleMeterRegistry(),
            Clock.systemUTC())
        .start();
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
    System.exit(0);
  }
}
