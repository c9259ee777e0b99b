package org.vidtomo.messaging.admin;

import com.rabbitmq.http.client.domain.TopicPermissions;
import com.rabbitmq.http.client.domain.UserPermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.vidtomo.messaging.Topology;

/**
 * What an agent's user may do: take from its own queue, and publish reports and heartbeats under
 * its own key.
 */
public record AgentRights(String agentId, String queue) {
  /** An agent has two, and for a moment those of before when its line comes back. */
  public static final int MAX_CONNECTIONS = 4;

  public static final int MAX_CHANNELS = 16;

  /** On a channel. An agent has one, and for a moment that of before when it begins again. */
  public static final int MAX_CONSUMERS = 4;

  private static final Pattern AGENT = Pattern.compile("[0-9A-Za-z_-]{1,100}");
  private static final Pattern QUEUE = Pattern.compile("[0-9A-Za-z._-]{1,200}");
  private static final String NOTHING = "^$";

  /** Checks that both are what can stand in a pattern. */
  public AgentRights {
    if (!AGENT.matcher(agentId).matches()) {
      throw new IllegalArgumentException("no id of an agent: " + agentId);
    }
    if (!QUEUE.matcher(queue).matches()) {
      throw new IllegalArgumentException("no queue of an agent: " + queue);
    }
  }

  /** Whether it may publish to this exchange under this key. */
  public boolean mayPublish(String exchange, String key) {
    return switch (exchange) {
      case Topology.REPORTS -> key.matches(reportKeys());
      case Topology.PRESENCE -> key.equals(agentId);
      default -> false;
    };
  }

  /** On RabbitMQ: patterns are Erlang's (PCRE), matched anywhere unless anchored. */
  UserPermissions permissions() {
    UserPermissions permissions = new UserPermissions();
    permissions.setConfigure(NOTHING);
    permissions.setWrite(
        "^(" + escaped(Topology.REPORTS) + "|" + escaped(Topology.PRESENCE) + ")$");
    permissions.setRead("^" + escaped(queue) + "$");
    return permissions;
  }

  /** Of each topic exchange that it may write to: another's key is refused. */
  List<TopicPermissions> topics() {
    return List.of(
        topic(Topology.REPORTS, reportKeys()), topic(Topology.PRESENCE, "^" + agentId + "$"));
  }

  private String reportKeys() {
    return "^" + agentId + "\\.[a-z_]{1,40}$";
  }

  private static TopicPermissions topic(String exchange, String keys) {
    TopicPermissions permissions = new TopicPermissions();
    permissions.setExchange(exchange);
    permissions.setWrite(keys);
    permissions.setRead(NOTHING);
    return permissions;
  }

  private static String escaped(String name) {
    return name.replace(".", "\\.");
  }
}
