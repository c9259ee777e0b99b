package org.vidtomo.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** What the embedded broker is told: its ports, its users and what they may do, its store. */
final class BrokerConfiguration {
  /** Of coordinator, aggregator and dashboard: may do everything. */
  static final String USER = "vidtomo";

  /** Of all agents: may take tasks and report ({@code broker.acl}). */
  static final String AGENT_USER = "vidtomo-agent";

  private static final int PASSWORD_BYTES = 24;
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final DataDirectory data;
  private final BrokerPorts ports;
  private final String password;
  private final String agentPassword;

  BrokerConfiguration(DataDirectory data, BrokerPorts ports) {
    this.data = data;
    this.ports = ports;
    password = password(data.broker().resolve("password"));
    agentPassword = password(data.broker().resolve("agent-password"));
  }

  String password() {
    return password;
  }

  String agentPassword() {
    return agentPassword;
  }

  Path store() {
    return data.broker().resolve("store");
  }

  /** The attributes that the broker is started with. */
  Map<String, Object> attributes() throws IOException {
    return Map.of(
        SystemConfig.TYPE,
        "Memory",
        SystemConfig.CONTEXT,
        context(),
        SystemConfig.INITIAL_CONFIGURATION_LOCATION,
        written().toUri().toString(),
        SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
        false);
  }

  private Map<String, String> context() throws IOException {
    Map<String, String> context = new HashMap<>();
    context.put("vidtomo.broker.user", USER);
    context.put("vidtomo.broker.password", password);
    context.put("vidtomo.broker.agent.user", AGENT_USER);
    context.put("vidtomo.broker.agent.password", agentPassword);
    context.put("vidtomo.broker.acl", resource("broker.acl").toString());
    context.put("vidtomo.broker.port", Integer.toString(ports.loopback()));
    context.put("vidtomo.broker.store", store().toString());
    context.put("qpid.work_dir", data.broker().toString());
    // A message with a user-id that is not its sender's is refused, as by RabbitMQ.
    context.put("qpid.broker_msg_auth", "true");
    // Beyond so many percent of the disk the broker would block publishers without a word;
    // DataDirectory keeps watch instead.
    context.put("store.filesystem.maxUsagePercent", "0");
    // BDB JE refuses to write when less than 5 GB are free; the same reason.
    context.put("je.freeDisk", Long.toString(128L << 20));
    context.put("broker.shutdownTimeout", Long.toString(SHUTDOWN.toSeconds()));
    if (ports.secured().isPresent()) {
      secured(ports.secured().get(), context);
    }
    return context;
  }

  private static void secured(BrokerPorts.Secured port, Map<String, String> context)
      throws IOException {
    String secret = newPassword();
    byte[] store = PemFiles.keyStore(port.certificate(), port.key(), secret);
    context.put(
        "vidtomo.broker.tls.store", "data:;base64," + Base64.getEncoder().encodeToString(store));
    context.put("vidtomo.broker.tls.password", secret);
    context.put("vidtomo.broker.tls.host", port.listen().getHostString());
    context.put("vidtomo.broker.tls.port", Integer.toString(port.listen().getPort()));
  }

  /** The configuration without its secrets, which only the context has. */
  private Path written() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode all = (ObjectNode) mapper.readTree(resource("broker.json"));
    if (ports.secured().isPresent()) {
      JsonNode tls = mapper.readTree(resource("broker-tls.json"));
      for (String kind : new String[] {"keystores", "ports"}) {
        tls.path(kind).forEach(all.withArray(kind)::add);
      }
    }
    Path file = data.broker().resolve("broker.json");
    PrivateFiles.write(file, all.toPrettyString());
    return file;
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
