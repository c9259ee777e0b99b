package org.vidtomo.gate;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.embedded.DataDirectory;
import org.vidtomo.embedded.EmbeddedBroker;
import org.vidtomo.messaging.admin.AttackContract;
import org.vidtomo.messaging.admin.Grounds;

/** The embedded broker, with the gate before it. */
class GatedBrokerAttackTest extends AttackContract {
  @TempDir static Path directory;

  private DataDirectory data;
  private EmbeddedBroker broker;
  private AmqpGate gate;

  @Override
  protected Grounds open() throws Exception {
    data = DataDirectory.open(directory);
    broker = EmbeddedBroker.start(data);
    gate = AmqpGate.open(broker.gateUri(), GatePort.FREE, data.broker().resolve("agents.json"));
    return new Grounds(broker.amqpUri(), new GateAdmin(gate, gate.uri("127.0.0.1")));
  }

  @Override
  protected void shut() {
    gate.close();
    broker.close();
    data.close();
  }
}
