package org.vidtomo.gate;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.vidtomo.messaging.MessagingException;
import org.vidtomo.messaging.admin.AgentLogin;
import org.vidtomo.messaging.admin.AgentRights;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.messaging.admin.Usage;

/** Agents' users at a gate. Thread-safe. */
public final class GateAdmin implements BrokerAdmin {
  private final AmqpGate gate;
  private final URI broker;

  /**
   * Users of this gate.
   *
   * @param broker the gate as agents reach it; a user and password there are not used
   */
  public GateAdmin(AmqpGate gate, URI broker) {
    this.gate = requireNonNull(gate, "gate");
    this.broker = requireNonNull(broker, "broker");
  }

  @Override
  public URI provision(String agentId, String queue) {
    AgentRights rights = new AgentRights(agentId, queue);
    String password = AgentLogin.newPassword();
    try {
      gate.put(rights, password);
    } catch (IOException e) {
      throw new MessagingException("keeping the user of agent " + agentId + ": " + e, e);
    }
    return AgentLogin.at(broker, agentId, password);
  }

  @Override
  public void remove(String agentId) {
    try {
      gate.remove(agentId);
    } catch (IOException e) {
      throw new MessagingException("forgetting the user of agent " + agentId + ": " + e, e);
    }
  }

  @Override
  public Set<String> users() {
    return gate.users();
  }

  @Override
  public Map<String, Usage> usage() {
    return gate.usage();
  }
}
