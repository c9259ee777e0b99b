package org.vidtomo.launcher.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.vidtomo.messaging.BrokerSettings;
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
