package org.vidtomo.messaging.admin;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Set;

/** The same user for all agents. */
record SharedUser(URI agents) implements BrokerAdmin {
  SharedUser {
    requireNonNull(agents, "agents");
  }

  @Override
  public URI provision(String agentId, String queue) {
    return agents;
  }

  @Override
  public void remove(String agentId) {
    // The others still need it.
  }

  @Override
  public Set<String> users() {
    return Set.of();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "SharedUser[host=" + agents.getHost() + "]";
  }
}
