package org.vidtomo.messaging.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.http.client.Client;
import com.rabbitmq.http.client.ClientParameters;
import com.rabbitmq.http.client.HttpClientException;
import com.rabbitmq.http.client.HttpException;
import com.rabbitmq.http.client.HttpLayer;
import com.rabbitmq.http.client.HttpServerException;
import com.rabbitmq.http.client.JdkHttpClientHttpLayer;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.vidtomo.messaging.BrokerTls;
import org.vidtomo.messaging.BrokerUnavailableException;
import org.vidtomo.messaging.MessagingException;

/** RabbitMQ's management API: what its client can, and users' limits, which that does not know. */
final class ManagementApi {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI base;
  private final Optional<Path> certificates;
  private Opened opened;

  /** Calls, one after the other. */
  interface Calls<T> {
    T run(Client client, Opened http);
  }

  /** The client and what it sends with. */
  record Opened(Client client, HttpLayer http, URI root) {
    /** What there is under this path, with no more fields than it names. */
    JsonNode get(String path) {
      return http.get(root.resolve(path), JsonNode.class);
    }

    /** RabbitMQ 3.8.10 and later. */
    void limit(String user, String name, int value) {
      http.put(root.resolve("user-limits/" + user + "/" + name), Map.of("value", value));
    }
  }

  ManagementApi(URI base, Optional<Path> certificates) {
    this.base = requireNonNull(base, "base");
    this.certificates = requireNonNull(certificates, "certificates");
    boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
    if (!http || base.getHost() == null || base.getRawUserInfo() == null) {
      throw new IllegalArgumentException(
          "the broker's management API must be http[s]://USER:PASSWORD@HOST:PORT, with special"
              + " characters percent-encoded");
    }
  }

  /**
   * Calls it.
   *
   * @param what is being done, for errors
   * @throws MessagingException when it does not answer or refuses
   */
  <T> T run(String what, Calls<T> calls) {
    try {
      Opened api = opened();
      return calls.run(api.client(), api);
    } catch (HttpClientException e) {
      throw new MessagingException(what + " at " + shown() + ": " + advice(e.status()), e);
    } catch (HttpServerException e) {
      throw new BrokerUnavailableException(
          what + " at " + shown() + ": it answered " + e.status() + "; see RabbitMQ's log", e);
    } catch (HttpException | IOException e) {
      String said = e.getCause() == null ? e.toString() : e.getCause().toString();
      throw new BrokerUnavailableException(
          "%s at %s: %s; is the plugin rabbitmq_management on, and VIDTOMO_AMQP_ADMIN_URI right?"
              .formatted(what, shown(), said),
          e);
    }
  }

  private static String advice(int status) {
    return switch (status) {
      case 401 ->
          "it refuses this user and password; it takes one with the tag administrator:"
              + " set VIDTOMO_AMQP_ADMIN_URI";
      case 404 -> "it has no such thing: is the virtual host of the broker's URI there?";
      default -> "it answered " + status;
    };
  }

  private synchronized Opened opened() throws IOException {
    if (opened == null) {
      opened = open();
    }
    return opened;
  }

  private Opened open() throws IOException {
    String[] user = base.getRawUserInfo().split(":", 2);
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/$", "");
    URI root = URI.create(shown() + path + "/api/");
    HttpLayer[] layer = new HttpLayer[1];
    String name = decoded(user[0]);
    String password = user.length == 2 ? decoded(user[1]) : "";
    HttpLayer.HttpLayerFactory layers =
        layers(JdkHttpClientHttpLayer.authorization(name, password));
    try {
      Client client =
          new Client(
              new ClientParameters()
                  .url(root.toString())
                  .username(name)
                  .password(password)
                  .httpLayerFactory(
                      parameters -> {
                        layer[0] = layers.create(parameters);
                        return layer[0];
                      }));
      return new Opened(client, layer[0], root);
    } catch (URISyntaxException | MalformedURLException e) {
      throw new IOException("reading the URL of the management API", e);
    }
  }

  private HttpLayer.HttpLayerFactory layers(String authorization) throws IOException {
    boolean secured = "https".equals(base.getScheme());
    Optional<SSLContext> trust =
        secured ? Optional.of(BrokerTls.context(certificates)) : Optional.empty();
    return JdkHttpClientHttpLayer.configure()
        .clientBuilderConsumer(
            builder -> {
              // The server closes the connection on a request with a body that asks for HTTP/2.
              builder.version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
              trust.ifPresent(builder::sslContext);
            })
        .requestBuilderConsumer(
            // Whoever sets anything here must say who asks, too.
            request -> request.timeout(TIMEOUT).header("Authorization", authorization))
        .create();
  }

  /** Without user and password. */
  private String shown() {
    return base.getScheme()
        + "://"
        + base.getHost()
        + (base.getPort() < 0 ? "" : ":" + base.getPort());
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
  }
}
