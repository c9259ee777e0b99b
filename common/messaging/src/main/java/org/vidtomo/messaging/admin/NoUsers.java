package org.vidtomo.messaging.admin;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.vidtomo.messaging.MessagingException;

/** Where nothing says which user agents may have: never the coordinator's own. */
record NoUsers(String why) implements BrokerAdmin {
  NoUsers {
    requireNonNull(why, "why");
  }

  @Override
  public Optional<String> hindrance() {
    return Optional.of(why);
  }

  @Override
  public URI provision(String agentId, String queue) {
    throw new MessagingException(why);
  }

  @Override
  public void remove(String agentId) {
    // Nobody was given anything.
  }

  @Override
  public Set<String> users() {
    return Set.of();
  }
}
