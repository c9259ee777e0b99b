package org.vidtomo.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.AgentIdentity;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.messaging.BrokerConnection;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.Topology;
import org.vidtomo.runtime.files.KeyFiles;

/** The directory of an enrolled agent, and its queue on a broker. */
public final class EnrolledMachine implements AutoCloseable {
  private final AgentDirectory directory;
  private final String queue = Topology.newAgentQueue();
  private final BrokerConnection connection;

  /**
   * Enrols without a coordinator.
   *
   * @param coordinator that the agent will ask
   */
  public EnrolledMachine(Path directory, URI broker, URI coordinator) throws IOException {
    this.directory = new AgentDirectory(directory);
    connection = new BrokerConnection(BrokerSettings.of(broker, "enrolled-machine"));
    connection.start();
    connection.awaitConnected(Duration.ofSeconds(30));
    connection.topology().declareShared();
    connection.topology().declareAgentQueue(queue);
    new AgentIdentity(
            "agent-1",
            KeyFiles.loadOrCreate(this.directory.key()),
            coordinator,
            SigningKey.generate().publicKey(),
            broker,
            queue,
            Optional.of("Fibrelink"))
        .save(this.directory);
  }

  public AgentDirectory directory() {
    return directory;
  }

  /** As when the agent is revoked. */
  public void deleteQueue() {
    connection.topology().deleteAgentQueue(queue);
  }

  @Override
  public void close() {
    connection.close();
  }
}
