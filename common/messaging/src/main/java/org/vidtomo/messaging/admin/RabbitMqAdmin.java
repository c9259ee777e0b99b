package org.vidtomo.messaging.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.http.client.domain.TopicPermissions;
import com.rabbitmq.http.client.domain.UserInfo;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Users of a RabbitMQ, by its management API (3.10 or later). Whoever speaks to that must be an
 * administrator there.
 */
public final class RabbitMqAdmin implements BrokerAdmin {
  private final ManagementApi api;
  private final URI broker;
  private final String virtualHost;
  private final UsageCount count = new UsageCount();

  /**
   * Connects to nothing yet.
   *
   * @param api {@code http[s]://user:password@host:port}, parts percent-encoded
   * @param broker as agents reach it; its user and password are not used
   * @param certificates PEM file of the authorities to trust for https; empty: the system's
   */
  public RabbitMqAdmin(URI api, URI broker, Optional<Path> certificates) {
    this.api = new ManagementApi(api, certificates);
    this.broker = requireNonNull(broker, "broker");
    this.virtualHost = virtualHost(broker);
  }

  @Override
  public URI provision(String agentId, String queue) {
    AgentRights rights = new AgentRights(agentId, queue);
    String password = AgentLogin.newPassword();
    api.run(
        "making the user of agent " + agentId,
        (client, http) -> {
          client.createUser(agentId, password.toCharArray(), List.of());
          http.limit(agentId, "max-connections", AgentRights.MAX_CONNECTIONS);
          http.limit(agentId, "max-channels", AgentRights.MAX_CHANNELS);
          for (TopicPermissions topic : rights.topics()) {
            client.updateTopicPermissions(virtualHost, agentId, topic);
          }
          // Last: before, it may not connect, and without topics every key would be allowed.
          client.updatePermissions(virtualHost, agentId, rights.permissions());
          return agentId;
        });
    return AgentLogin.at(broker, agentId, password);
  }

  /** RabbitMQ ends the connections of a user that it deletes. */
  @Override
  public void remove(String agentId) {
    api.run(
        "deleting the user of agent " + agentId,
        (client, http) -> {
          client.deleteUser(agentId);
          return agentId;
        });
    synchronized (count) {
      count.forget(agentId);
    }
  }

  @Override
  public Set<String> users() {
    return api.run(
        "listing users",
        (client, http) ->
            client.getUsers().stream().map(UserInfo::getName).collect(Collectors.toSet()));
  }

  /** RabbitMQ counts anew every five seconds. */
  @Override
  public Map<String, Usage> usage() {
    return api.run(
        "reading what users send",
        (client, http) -> {
          List<UsageCount.Row> connections =
              rows(http.get("connections?columns=name,user,recv_oct"), "/recv_oct");
          JsonNode channels =
              http.get("channels?columns=name,user,consumer_count,message_stats.publish");
          List<UsageCount.Row> published = rows(channels, "/message_stats/publish");
          List<UsageCount.Row> consumers = rows(channels, "/consumer_count");
          synchronized (count) {
            return count.add(connections, published, consumers);
          }
        });
  }

  private static List<UsageCount.Row> rows(JsonNode all, String counted) {
    List<UsageCount.Row> rows = new ArrayList<>();
    for (JsonNode row : all) {
      rows.add(
          new UsageCount.Row(
              row.path("name").asText(), row.path("user").asText(), row.at(counted).asLong()));
    }
    return rows;
  }

  /** By the letter of RabbitMQ's URI rules a lone slash names a host "", which nobody has. */
  static String virtualHost(URI broker) {
    String path = broker.getRawPath();
    return path == null || path.length() <= 1
        ? "/"
        : URLDecoder.decode(path.substring(1).replace("+", "%2B"), UTF_8);
  }
}
