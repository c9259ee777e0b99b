package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Instant;

/**
 * What an agent gets when it is enrolled.
 *
 * @param brokerUri where to connect to, with the credentials
 * @param queue to take its tasks from
 * @param rootKey to pin, {@link org.vidtomo.core.trust.VerifyingKey#encoded()}
 * @param coordinatorTime for the agent to compare its clock with
 */
public record Enrolled(
    String agentId, URI brokerUri, String queue, String rootKey, Instant coordinatorTime) {
  public Enrolled {
    requireNonNull(agentId, "agentId");
    requireNonNull(brokerUri, "brokerUri");
    requireNonNull(queue, "queue");
    requireNonNull(rootKey, "rootKey");
    requireNonNull(coordinatorTime, "coordinatorTime");
  }

  /** Without the broker's credentials. */
  @Override
  public String toString() {
    return "Enrolled[agentId=" + agentId + "]";
  }
}
