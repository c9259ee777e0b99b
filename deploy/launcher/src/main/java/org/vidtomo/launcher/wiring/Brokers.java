package org.vidtomo.launcher.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.admin.BrokerAdmin;
import org.vidtomo.messaging.admin.RabbitMqAdmin;
import org.vidtomo.runtime.settings.SettingException;
import org.vidtomo.runtime.settings.Settings;

/** Where the broker is, by {@code amqp.uri} and {@code tls.ca}. */
public final class Brokers {
  private Brokers() {}

  /**
   * Its address.
   *
   * @throws SettingException when none is named
   */
  public static URI uri(Settings settings) {
    return settings
        .uri("amqp.uri")
        .orElseThrow(
            () ->
                new SettingException(
                    "no broker is named: set VIDTOMO_AMQP_URI to"
                        + " amqp://USER:PASSWORD@HOST:PORT/VHOST"));
  }

  /**
   * How agents get users at the broker: one each by {@code amqp.admin.uri}, else all the one of
   * {@code agent.amqp.uri}. Never the coordinator's own, with which one agent could read, delete
   * and forge what is the others'.
   */
  public static BrokerAdmin admin(Settings settings) {
    URI own = uri(settings);
    Optional<URI> agents = settings.uri("agent.amqp.uri");
    Optional<BrokerAdmin> users =
        settings.find(
            "amqp.admin.uri",
            uri -> new RabbitMqAdmin(URI.create(uri), agents.orElse(own), settings.path("tls.ca")));
    if (users.isPresent()) {
      return users.get();
    }
    Optional<String> shared = sharedUser(settings);
    if (shared.isEmpty() || shared.get().equals(BrokerSettings.of(own, "own").user())) {
      return BrokerAdmin.none(
          "there is no broker user to give to agents but the coordinator's own, which may do"
              + " everything. Set VIDTOMO_AMQP_ADMIN_URI to the management API of RabbitMQ, as"
              + " http://USER:PASSWORD@HOST:15672, and each agent gets a user of its own; or set"
              + " VIDTOMO_AGENT_AMQP_URI to the broker with a user that all agents share");
    }
    return BrokerAdmin.shared(agents.orElseThrow());
  }

  /** With the user that agents share filled in, where they do and the settings do not say. */
  public static Settings withSharedUser(Settings settings) {
    boolean told =
        settings.string("agents.shared.user").isPresent()
            || settings.string("amqp.admin.uri").isPresent();
    return told
        ? settings
        : sharedUser(settings)
            .map(user -> settings.with(Map.of("agents.shared.user", user)))
            .orElse(settings);
  }

  private static Optional<String> sharedUser(Settings settings) {
    return settings
        .uri("agent.amqp.uri")
        .filter(uri -> uri.getRawUserInfo() != null)
        .map(uri -> BrokerSettings.of(uri, "agents").user());
  }

  /** A connection of this name, which the broker shows. */
  public static BrokerSettings settings(Settings settings, String name) {
    return named(settings).apply(name);
  }

  /** Connections of whichever names; the settings are read now. */
  static Function<String, BrokerSettings> named(Settings settings) {
    URI uri = uri(settings);
    Optional<Path> authorities = settings.path("tls.ca");
    return name -> {
      BrokerSettings named = BrokerSettings.of(uri, "vidtomo-" + name);
      return authorities.map(named::withCertificates).orElse(named);
    };
  }
}
