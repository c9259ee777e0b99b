package org.vidtomo.messaging;

import com.rabbitmq.client.ConnectionFactory;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the broker is and how patient to be with it.
 *
 * @param uri {@code amqp[s]://user:password@host:port/virtual-host}, parts percent-encoded; the
 *     parameters {@code heartbeat} and {@code connection_timeout} as in RabbitMQ's URI query
 * @param connectionName shown in the broker's management and in thread names
 * @param certificates PEM file with the authorities to trust for {@code amqps}; the Java default
 *     ones if empty
 * @param connectTimeout for the TCP connection, and again for the handshakes on it
 * @param requestTimeout for one request to the broker, such as declaring a queue
 * @param heartbeat a peer silent for twice this is taken for dead; whole seconds
 * @param publishTimeout how long a message is tried, unless its publisher says otherwise
 * @param maxOutstanding messages published and not confirmed
 * @param outstandingWait how long publishing blocks when so many are outstanding
 * @param maxTries how often a handler may fail a message before it is dead-lettered
 * @param retryPause before the second try; doubled for each further one, at most 30 s
 * @param shortestBackoff the longest that the first pause before connecting again may be; pauses
 *     are drawn at random, so many clients of one broker want a larger one
 * @param longestBackoff the longest pause between two attempts to connect
 * @param closeTimeout for draining what is in flight and waiting for confirms, in all
 */
public record BrokerSettings(
    URI uri,
    String connectionName,
    Optional<Path> certificates,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration heartbeat,
    Duration publishTimeout,
    int maxOutstanding,
    Duration outstandingWait,
    int maxTries,
    Duration retryPause,
    Duration shortestBackoff,
    Duration longestBackoff,
    Duration closeTimeout) {

  /** Checks that the broker can be told from the URI and that all bounds are bounds. */
  public BrokerSettings {
    Objects.requireNonNull(certificates, "certificates");
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("amqp") && !scheme.equals("amqps")) {
      throw new IllegalArgumentException(
          "broker URI must begin with amqp:// or amqps://, not " + scheme + ":");
    }
    if (uri.getHost() == null) {
      throw new IllegalArgumentException(
          "broker URI must name a host: amqp://user:password@host:port/virtual-host,"
              + " with special characters percent-encoded");
    }
    if (connectionName.isBlank()) {
      throw new IllegalArgumentException("connectionName must not be blank");
    }
    positive("connectTimeout", connectTimeout);
    positive("requestTimeout", requestTimeout);
    positive("publishTimeout", publishTimeout);
    positive("outstandingWait", outstandingWait);
    positive("retryPause", retryPause);
    positive("shortestBackoff", shortestBackoff);
    positive("longestBackoff", longestBackoff);
    positive("closeTimeout", closeTimeout);
    if (heartbeat.toSeconds() < 1) {
      throw new IllegalArgumentException("heartbeat must be >= 1 s, is " + heartbeat);
    }
    if (maxOutstanding < 1 || maxTries < 1) {
      throw new IllegalArgumentException("maxOutstanding and maxTries must be >= 1");
    }
  }

  /** The defaults for a broker. */
  public static BrokerSettings of(URI uri, String connectionName) {
    return new BrokerSettings(
        uri,
        connectionName,
        Optional.empty(),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        1000,
        Duration.ofSeconds(10),
        5,
        Duration.ofSeconds(1),
        Duration.ofMillis(250),
        Duration.ofSeconds(15),
        Duration.ofSeconds(5));
  }

  /** These settings, trusting the authorities in a PEM file only. */
  public BrokerSettings withCertificates(Path pemFile) {
    return new BrokerSettings(
        uri,
        connectionName,
        Optional.of(pemFile),
        connectTimeout,
        requestTimeout,
        heartbeat,
        publishTimeout,
        maxOutstanding,
        outstandingWait,
        maxTries,
        retryPause,
        shortestBackoff,
        longestBackoff,
        closeTimeout);
  }

  /** These settings with other bounds on publishing. */
  public BrokerSettings withPublishing(
      Duration publishTimeout, int maxOutstanding, Duration outstandingWait) {
    return new BrokerSettings(
        uri,
        connectionName,
        certificates,
        connectTimeout,
        requestTimeout,
        heartbeat,
        publishTimeout,
        maxOutstanding,
        outstandingWait,
        maxTries,
        retryPause,
        shortestBackoff,
        longestBackoff,
        closeTimeout);
  }

  /** These settings with another patience for failing handlers. */
  public BrokerSettings withRetries(int maxTries, Duration retryPause) {
    return new BrokerSettings(
        uri,
        connectionName,
        certificates,
        connectTimeout,
        requestTimeout,
        heartbeat,
        publishTimeout,
        maxOutstanding,
        outstandingWait,
        maxTries,
        retryPause,
        shortestBackoff,
        longestBackoff,
        closeTimeout);
  }

  /** These settings with other times for connecting, for requests and between attempts. */
  public BrokerSettings withConnecting(
      Duration connectTimeout,
      Duration requestTimeout,
      Duration heartbeat,
      Duration longestBackoff) {
    return new BrokerSettings(
        uri,
        connectionName,
        certificates,
        connectTimeout,
        requestTimeout,
        heartbeat,
        publishTimeout,
        maxOutstanding,
        outstandingWait,
        maxTries,
        retryPause,
        shortestBackoff,
        longestBackoff,
        closeTimeout);
  }

  /** These settings with other pauses between attempts to connect. */
  public BrokerSettings withBackoff(Duration shortestBackoff, Duration longestBackoff) {
    return new BrokerSettings(
        uri,
        connectionName,
        certificates,
        connectTimeout,
        requestTimeout,
        heartbeat,
        publishTimeout,
        maxOutstanding,
        outstandingWait,
        maxTries,
        retryPause,
        shortestBackoff,
        longestBackoff,
        closeTimeout);
  }

  /** These settings with another time for draining. */
  public BrokerSettings withCloseTimeout(Duration closeTimeout) {
    return new BrokerSettings(
        uri,
        connectionName,
        certificates,
        connectTimeout,
        requestTimeout,
        heartbeat,
        publishTimeout,
        maxOutstanding,
        outstandingWait,
        maxTries,
        retryPause,
        shortestBackoff,
        longestBackoff,
        closeTimeout);
  }

  /** The user that the URI names. */
  public String user() {
    return login(0).orElse(ConnectionFactory.DEFAULT_USER);
  }

  /** The password in the URI: a secret. */
  public String password() {
    return login(1).orElse(ConnectionFactory.DEFAULT_PASS);
  }

  private Optional<String> login(int part) {
    String[] parts =
        uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
    return parts.length > part && !parts[0].isEmpty()
        ? Optional.of(URLDecoder.decode(parts[part].replace("+", "%2B"), StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /** The broker without user and password, for logs and errors. */
  public String broker() {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + uri.getHost() + port + path;
  }

  @Override
  public String toString() {
    return "BrokerSettings[broker=" + broker() + ", connectionName=" + connectionName + "]";
  }

  private static void positive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " must be > 0, is " + value);
    }
  }
}
