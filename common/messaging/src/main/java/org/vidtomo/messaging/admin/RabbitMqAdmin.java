package org.vidtomo.messaging.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.rabbitmq.http.client.domain.TopicPermissions;
import com.rabbitmq.http.client.domain.UserInfo;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Users of a RabbitMQ, by its management API (3.10 or later). Whoever speaks to that must be an
 * administrator there.
 */
public final class RabbitMqAdmin implements BrokerAdmin {
  private static final int PASSWORD_BYTES = 24;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ManagementApi api;
  private final URI broker;
  private final String virtualHost;

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
    String password = newPassword();
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
    return withUser(broker, agentId, password);
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
  }

  @Override
  public Set<String> users() {
    return api.run(
        "listing users",
        (client, http) ->
            client.getUsers().stream().map(UserInfo::getName).collect(Collectors.toSet()));
  }

  /** By the letter of RabbitMQ's URI rules a lone slash names a host "", which nobody has. */
  static String virtualHost(URI broker) {
    String path = broker.getRawPath();
    return path == null || path.length() <= 1
        ? "/"
        : URLDecoder.decode(path.substring(1).replace("+", "%2B"), UTF_8);
  }

  static URI withUser(URI broker, String user, String password) {
    String host = broker.getRawAuthority().replaceFirst("^.*@", "");
    String path = broker.getRawPath() == null ? "" : broker.getRawPath();
    String query = broker.getRawQuery() == null ? "" : "?" + broker.getRawQuery();
    return URI.create(
        broker.getScheme() + "://" + user + ":" + password + "@" + host + path + query);
  }

  private static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
