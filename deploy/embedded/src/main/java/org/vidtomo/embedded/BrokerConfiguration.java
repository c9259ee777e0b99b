package org.vidtomo.embedded;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.qpid.server.model.SystemConfig;

/** What the embedded broker is told: its port, its users and what they may do, its store. */
final class BrokerConfiguration {
  /** Of coordinator, aggregator and dashboard: may do everything. */
  static final String USER = "vidtomo";

  /** Of what stands before it for agents: may do what they may together ({@code broker.acl}). */
  static final String GATE_USER = "vidtomo-gate";

  private static final int PASSWORD_BYTES = 24;
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final DataDirectory data;
  private final int port;
  private final String password;
  private final String gatePassword = newPassword();

  /**
   * What it is told.
   *
   * @param port of loopback; 0: a free one
   */
  BrokerConfiguration(DataDirectory data, int port) {
    this.data = data;
    this.port = port;
    password = password(data.broker().resolve("password"));
  }

  String password() {
    return password;
  }

  /** Another at each start. */
  String gatePassword() {
    return gatePassword;
  }

  Path store() {
    return data.broker().resolve("store");
  }

  /** The attributes that the broker is started with; only the context has secrets. */
  Map<String, Object> attributes() {
    return Map.of(
        SystemConfig.TYPE,
        "Memory",
        SystemConfig.CONTEXT,
        context(),
        SystemConfig.INITIAL_CONFIGURATION_LOCATION,
        resource("broker.json").toString(),
        SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
        false);
  }

  private Map<String, String> context() {
    Map<String, String> context = new HashMap<>();
    context.put("vidtomo.broker.user", USER);
    context.put("vidtomo.broker.password", password);
    context.put("vidtomo.broker.gate.user", GATE_USER);
    context.put("vidtomo.broker.gate.password", gatePassword);
    context.put("vidtomo.broker.acl", resource("broker.acl").toString());
    context.put("vidtomo.broker.port", Integer.toString(port));
    context.put("vidtomo.broker.store", store().toString());
    context.put("qpid.work_dir", data.broker().toString());
    // Beyond so many percent of the disk the broker would block publishers without a word;
    // DataDirectory keeps watch instead.
    context.put("store.filesystem.maxUsagePercent", "0");
    // BDB JE refuses to write when less than 5 GB are free; the same reason.
    context.put("je.freeDisk", Long.toString(128L << 20));
    context.put("broker.shutdownTimeout", Long.toString(SHUTDOWN.toSeconds()));
    return context;
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(BrokerConfiguration.class.getResource(name), name);
  }

  private static String password(Path file) {
    try {
      if (!Files.exists(file)) {
        PrivateFiles.write(file, newPassword());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new EmbeddedException(
          "Cannot read or write the embedded broker's password in %s (%s).".formatted(file, e), e);
    }
  }

  private static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
