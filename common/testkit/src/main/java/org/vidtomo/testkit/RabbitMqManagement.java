package org.vidtomo.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/** The few calls of RabbitMQ's management API that tests need. */
final class RabbitMqManagement {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  // The server closes the connection on a request with a body that also asks for HTTP/2.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final URI uri;

  RabbitMqManagement(URI uri) {
    this.uri = uri;
  }

  URI uri() {
    return uri;
  }

  URI newVirtualHost(URI amqp) {
    String name = "test-" + UUID.randomUUID();
    String user = amqp.getUserInfo().split(":", 2)[0];
    put("/api/vhosts/" + name, "{}");
    put(
        "/api/permissions/" + name + "/" + user,
        "{\"configure\": \".*\", \"write\": \".*\", \"read\": \".*\"}");
    return URI.create(
        "%s://%s@%s:%d/%s"
            .formatted(
                amqp.getScheme(),
                amqp.getRawUserInfo(),
                amqp.getHost(),
                amqp.getPort() < 0 ? 5672 : amqp.getPort(),
                name));
  }

  /** Whether the API answers with this user. */
  boolean answers() {
    try {
      return send(request("/api/whoami").GET()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void put(String path, String json) {
    try {
      HttpResponse<String> response =
          send(
              request(path)
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString(json)));
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "PUT %s was answered with %d: %s"
                .formatted(path, response.statusCode(), response.body()));
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "RabbitMQ's management API at %s:%d does not answer. Enable the plugin rabbitmq_management, or set %s."
              .formatted(uri.getHost(), uri.getPort(), RabbitMq.ADMIN_URI_SETTING),
          e);
    }
  }

  private HttpRequest.Builder request(String path) {
    String credentials =
        Base64.getEncoder().encodeToString(uri.getUserInfo().getBytes(StandardCharsets.UTF_8));
    URI target =
        URI.create("%s://%s:%d%s".formatted(uri.getScheme(), uri.getHost(), uri.getPort(), path));
    return HttpRequest.newBuilder(target)
        .timeout(TIMEOUT)
        .header("Authorization", "Basic " + credentials);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
