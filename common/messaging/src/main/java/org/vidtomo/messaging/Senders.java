package org.vidtomo.messaging;

import java.util.Optional;
import java.util.Set;

/**
 * Which users may send in an agent's name: the agent's own, whose name is its id, and those that
 * the installation trusts. RabbitMQ vouches for the user-id of a message, if it has one.
 *
 * @param trusted the installation's own user, which replays dead letters, and the one that agents
 *     share where they do
 */
public record Senders(Set<String> trusted) {
  /** Copies the names. */
  public Senders {
    trusted = Set.copyOf(trusted);
  }

  /** What is wrong with who sent a message that is signed by this agent; empty: nothing. */
  public Optional<String> objection(Optional<String> userId, String agentId) {
    if (userId.isEmpty() || userId.get().isEmpty()) {
      return Optional.of("sent without user-id, so that nobody vouches for its sender");
    }
    String user = userId.get();
    if (user.equals(agentId) || trusted.contains(user)) {
      return Optional.empty();
    }
    return Optional.of(
        "sent by user %s, not by agent %s itself; if agents share that user, set VIDTOMO_AGENTS_SHARED_USER to it"
            .formatted(user, agentId));
  }
}
