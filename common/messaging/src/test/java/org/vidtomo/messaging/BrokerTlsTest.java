package org.vidtomo.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A TLS server with a certificate of its own making, which counts the handshakes that end well. */
class BrokerTlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path dir;
  private SSLServerSocket server;
  private final AtomicInteger trusted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @BeforeEach
  void listen() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "b",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        "b.p12",
        "-storepass",
        "changeit");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "b",
        "-keystore",
        "b.p12",
        "-storepass",
        "changeit",
        "-file",
        "b.pem");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(dir.resolve("b.p12"))) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread accepting = new Thread(this::accept, "tls-server");
    accepting.setDaemon(true);
    accepting.start();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void unknown_certificate_is_refused() {
    try (BrokerConnection connection = open("localhost", Optional.empty())) {
      await().atMost(Duration.ofSeconds(20)).until(() -> refused.get() > 0);
      assertThat(trusted).hasValue(0);
      await().until(() -> connection.check().problem().isPresent());
    }
  }

  @Test
  void certificate_for_another_name_is_refused() {
    try (BrokerConnection connection = open("127.0.0.1", Optional.of(dir.resolve("b.pem")))) {
      await().until(() -> connection.check().problem().isPresent());
      assertThat(connection.check().describe()).contains("subject alternative");
    }
  }

  @Test
  void certificate_of_a_given_authority_is_trusted() {
    try (BrokerConnection connection = open("localhost", Optional.of(dir.resolve("b.pem")))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> trusted.get() > 0);
      assertThat(refused).hasValue(0);
      assertThat(connection.check().connected()).isFalse();
    }
  }

  @Test
  void file_without_certificate_is_named() throws Exception {
    Path empty = Files.createFile(dir.resolve("empty.pem"));
    try (BrokerConnection connection = open("localhost", Optional.of(empty))) {
      await().until(() -> connection.check().problem().isPresent());
      assertThat(connection.check().describe()).contains("holds no PEM certificate");
    }
  }

  private BrokerConnection open(String host, Optional<Path> certificates) {
    URI uri = URI.create("amqps://u:p@" + host + ":" + server.getLocalPort());
    BrokerSettings settings =
        BrokerSettings.of(uri, "tls").withCloseTimeout(Duration.ofMillis(500));
    BrokerConnection connection =
        new BrokerConnection(certificates.map(settings::withCertificates).orElse(settings));
    connection.start();
    return connection;
  }

  private void accept() {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        socket.setSoTimeout(5_000);
        socket.startHandshake();
        // With TLS 1.3 a client refuses after our side has finished: its first byte decides.
        if (socket.getInputStream().read() == 'A') {
          trusted.incrementAndGet();
        }
      } catch (SSLException e) {
        refused.incrementAndGet();
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void keytool(String... arguments) throws Exception {
    String program = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String[] command = new String[arguments.length + 1];
    command[0] = program;
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
