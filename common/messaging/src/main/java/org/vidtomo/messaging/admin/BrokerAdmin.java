package org.vidtomo.messaging.admin;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives agents their way to the broker, and takes it from them again. Thread-safe; each call waits
 * for the broker, for a bounded time.
 */
public interface BrokerAdmin {
  /** Why no agent can be given a user at all, and what to set; empty when it can. */
  default Optional<String> hindrance() {
    return Optional.empty();
  }

  /**
   * Makes the agent's user, whose name is the agent's id, or gives the one that is there a new
   * password and the same rights again. Idempotent.
   *
   * @param queue of the agent's tasks, the only one that it may read
   * @return where the agent connects to, with user and password: a secret
   * @throws org.vidtomo.messaging.MessagingException when that cannot be done now
   */
  URI provision(String agentId, String queue);

  /**
   * Deletes the agent's user and ends its connections; it is no error when there is none.
   *
   * @throws org.vidtomo.messaging.MessagingException when that cannot be done now
   */
  void remove(String agentId);

  /**
   * The names of the users that there are, agents' and others'.
   *
   * @throws org.vidtomo.messaging.MessagingException when the broker does not say
   */
  Set<String> users();

  /**
   * What each user has sent, also those that are no agents'; empty where that is not counted. It
   * grows, and begins anew with the broker or this process.
   *
   * @throws org.vidtomo.messaging.MessagingException when the broker does not say
   */
  default Map<String, Usage> usage() {
    return Map.of();
  }

  /**
   * One user that all agents share, made by whoever runs the broker. An agent that is revoked keeps
   * its password, and only signatures keep agents from speaking for each other.
   *
   * @param agents where agents connect to, with user and password
   */
  static BrokerAdmin shared(URI agents) {
    return new SharedUser(agents);
  }

  /**
   * No user for any agent.
   *
   * @param why one sentence that says what to set
   */
  static BrokerAdmin none(String why) {
    return new NoUsers(why);
  }
}
