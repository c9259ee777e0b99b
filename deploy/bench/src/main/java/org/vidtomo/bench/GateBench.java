package org.vidtomo.bench;

import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedBroker;
import org.vidtomo.gate.AmqpGate;
import org.vidtomo.gate.GatePort;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Delivery;
import org.vidtomo.messaging.Topology;
import org.vidtomo.messaging.admin.AgentRights;
import org.vidtomo.testkit.TempDirectories;

/** An agent's reports through the gate, and the same messages without it, while they are taken. */
final class GateBench {
  private static final String AGENT = "a-1";
  private static final String KEY = Topology.reportKey(AGENT, "ok");
  private static final int PREFETCH = 500;
  private static final long POLL_MILLIS = 20;

  private GateBench() {}

  static void run() throws Exception {
    double[] through = new double[PublishBench.PAIRS];
    double[] without = new double[PublishBench.PAIRS];
    double[] ratio = new double[PublishBench.PAIRS];
    try (DataDirectory data = DataDirectory.open(TempDirectories.create("gate-bench"));
        EmbeddedBroker broker = EmbeddedBroker.start(data);
        AmqpGate gate =
            AmqpGate.open(broker.gateUri(), GatePort.FREE, data.broker().resolve("agents.json"));
        BrokerConnection roles = connected(broker.amqpUri())) {
      roles.topology().declareShared();
      gate.put(new AgentRights(AGENT, Topology.newAgentQueue()), "secret");
      URI to = URI.create("amqp://%s:secret@127.0.0.1:%d/vidtomo".formatted(AGENT, gate.port()));
      try (BrokerConnection agent = connected(to)) {
        roles.subscribe(Topology.REPORTS_INGEST, PREFETCH, Delivery::ack);
        // The first two are for compilers.
        for (int pair = -2; pair < PublishBench.PAIRS; pair++) {
          double gated = published(agent, roles);
          double bare = published(roles, roles);
          if (pair >= 0) {
            through[pair] = gated;
            without[pair] = bare;
            ratio[pair] = gated / bare;
          }
        }
      }
    }
    PublishBench.say("publish through the gate", "without it", through, without, ratio);
  }

  private static BrokerConnection connected(URI uri) {
    BrokerConnection connection = new BrokerConnection(BrokerSettings.of(uri, "bench"));
    connection.start();
    connection.awaitConnected(PublishBench.PATIENCE);
    return connection;
  }

  /** Messages a second; then all of them are taken. */
  private static double published(BrokerConnection by, BrokerConnection roles)
      throws InterruptedException {
    double rate = PublishBench.published(by, Topology.REPORTS, KEY);
    while (roles.topology().messageCount(Topology.REPORTS_INGEST).orElse(0) > 0) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return rate;
  }
}
