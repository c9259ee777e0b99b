package org.vidtomo.coordinator.enrol;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * An agent's way to the broker.
 *
 * @param brokerUri with user and password
 * @param queue to take its tasks from
 */
public record Credentials(URI brokerUri, String queue) {
  public Credentials {
    requireNonNull(brokerUri, "brokerUri");
    requireNonNull(queue, "queue");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "Credentials[queue=" + queue + "]";
  }
}
