package org.vidtomo.gate;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.NetworkPrefix;
import org.vidtomo.messaging.BrokerSettings;
import org.vidtomo.messaging.admin.AgentRights;
import org.vidtomo.messaging.admin.Usage;

/**
 * Where agents connect to: it asks for their passwords, and passes on to the broker only what an
 * agent may do ({@link AgentFrames}). Strangers never get as far as the broker. Thread-safe.
 */
public final class AmqpGate implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AmqpGate.class);
  private static final Duration LOGIN = Duration.ofSeconds(10);
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final BrokerSettings broker;
  private final byte[] greeting;
  private final boolean secured;
  private final Admission admission;
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setUseDaemonThread(true)
              .setEventLoopPoolSize(2)
              .setWorkerPoolSize(2)
              .setInternalBlockingPoolSize(2));
  private final NetClient client =
      vertx.createNetClient(new NetClientOptions().setConnectTimeout((int) LOGIN.toMillis()));
  private final NetServer server;
  private final Strangers strangers = new Strangers();

  private AmqpGate(BrokerSettings broker, byte[] greeting, AgentUsers users, GatePort port) {
    this.broker = broker;
    this.greeting = greeting;
    this.secured = port.tls().isPresent();
    this.admission = new Admission(users);
    NetServerOptions options = new NetServerOptions();
    port.tls()
        .ifPresent(
            files ->
                options
                    .setSsl(true)
                    .setSslHandshakeTimeout(LOGIN.toSeconds())
                    .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(files.certificate().toString())
                            .setKeyPath(files.key().toString())));
    this.server = vertx.createNetServer(options);
  }

  /**
   * Opens the gate.
   *
   * @param broker behind it, on this machine's loopback in plain text, with a user that may do what
   *     all agents may together
   * @param file of the agents' users
   * @throws IOException when the broker does not answer, the file cannot be read, or the address
   *     cannot be listened on
   */
  public static AmqpGate open(URI broker, GatePort port, Path file) throws IOException {
    BrokerSettings behind = BrokerSettings.of(broker, "gate");
    AmqpGate gate =
        new AmqpGate(behind, Greeting.of(broker.getPort()), AgentUsers.open(file), port);
    try {
      gate.listen(port.listen());
      LOG.info("Agents come through the gate: port={} tls={}", gate.port(), port.tls().isPresent());
      return gate;
    } catch (IOException e) {
      gate.close();
      throw new IOException(
          "listening for agents on %s:%d: %s; end what uses that port, or set broker.listen (VIDTOMO_BROKER_LISTEN) to another"
              .formatted(port.listen().getHostString(), port.listen().getPort(), e.getMessage()),
          e);
    }
  }

  private void listen(InetSocketAddress address) throws IOException {
    server.connectHandler(this::accept);
    server.exceptionHandler(error -> LOG.debug("A connection failed before it was one", error));
    await(server.listen(address.getPort(), address.getHostString()), LOGIN);
  }

  /** The port that agents connect to. */
  public int port() {
    return server.actualPort();
  }

  /**
   * Where agents connect to, without user and password.
   *
   * @param host by which they reach this machine
   */
  public URI uri(String host) {
    return URI.create(
        "%s://%s:%d%s"
            .formatted(
                secured ? "amqps" : "amqp",
                host.contains(":") ? "[" + host + "]" : host,
                port(),
                broker.uri().getRawPath()));
  }

  private void accept(NetSocket socket) {
    GateConnection connection = new GateConnection(this, socket);
    connection.begin(LOGIN.toMillis());
    strangers.comes(connection, network(socket)).forEach(GateConnection::drop);
  }

  private static String network(NetSocket socket) {
    String address = socket.remoteAddress().hostAddress();
    return Literals.parse(address).map(NetworkPrefix::of).orElse(address);
  }

  /** Makes a user, or gives it another password and the rights anew. */
  public void put(AgentRights rights, String password) throws IOException {
    admission.put(rights, password);
  }

  /** Deletes a user and ends its connections. */
  public void remove(String agentId) throws IOException {
    admission.remove(agentId);
  }

  /** The users that there are. */
  public Set<String> users() {
    return admission.names();
  }

  /** What each agent has sent since the gate opened. */
  public Map<String, Usage> usage() {
    return admission.usage();
  }

  Admission admission() {
    return admission;
  }

  Strangers strangers() {
    return strangers;
  }

  Vertx vertx() {
    return vertx;
  }

  Buffer greeting() {
    return Buffer.buffer(greeting);
  }

  Buffer login() {
    return Frames.startOk(broker.user(), broker.password());
  }

  Future<NetSocket> connectToBroker() {
    return client.connect(broker.uri().getPort(), "127.0.0.1");
  }

  @Override
  public void close() {
    try {
      await(vertx.close(), CLOSING);
    } catch (IOException e) {
      LOG.warn("The gate before the broker does not close: {}", e.getMessage());
    }
  }

  private static <T> T await(Future<T> future, Duration limit) throws IOException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("it takes longer than " + limit, e);
    }
  }
}
