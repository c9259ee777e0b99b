package org.vidtomo.testkit;

import java.net.URI;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.rabbitmq.RabbitMQContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A real RabbitMQ for tests: the one that {@code VIDTOMO_TEST_AMQP_URI} names, else a container
 * where a Docker engine answers, else a private {@code rabbitmq-server} of this machine. Where none
 * can be had, the tests fail and say what to install.
 */
public final class RabbitMq {

  static final String URI_SETTING = "VIDTOMO_TEST_AMQP_URI";
  static final String ADMIN_URI_SETTING = "VIDTOMO_TEST_AMQP_ADMIN_URI";

  private static final DockerImageName IMAGE = DockerImageName.parse("rabbitmq:4.1-management");
  private static final int DEFAULT_MANAGEMENT_PORT = 15672;

  private final URI amqpUri;
  private final RabbitMqManagement management;

  private RabbitMq(URI amqpUri, URI managementUri) {
    this.amqpUri = amqpUri;
    this.management = new RabbitMqManagement(managementUri);
  }

  /** The one of this JVM, started by the first call (about 10 seconds) and ended with the JVM. */
  public static RabbitMq shared() {
    return Shared.INSTANCE;
  }

  /**
   * One for this caller alone, which it may stop, kill and start again: always a {@code
   * rabbitmq-server} of this machine. Close it.
   */
  public static PrivateRabbitMq startPrivate() {
    return startPrivate("");
  }

  /**
   * As {@link #startPrivate()}, with further settings.
   *
   * @param settings lines of {@code rabbitmq.conf}, none of which is among its own
   */
  public static PrivateRabbitMq startPrivate(String settings) {
    return PrivateRabbitMq.start(settings);
  }

  /** With user and password, on the default virtual host unless the setting says otherwise. */
  public URI amqpUri() {
    return amqpUri;
  }

  /** The management API's base with user and password: {@code http://user:password@host:port}. */
  public URI managementUri() {
    return management.uri();
  }

  /** Makes a virtual host that no other test uses, and tells where clients connect to it. */
  public URI newVirtualHost() {
    return management.newVirtualHost(amqpUri);
  }

  private static RabbitMq find() {
    Optional<String> named =
        Optional.ofNullable(System.getenv(URI_SETTING)).filter(uri -> !uri.isBlank());
    if (named.isPresent()) {
      URI uri = URI.create(named.get());
      return new RabbitMq(uri, namedManagement(uri));
    }
    return dockerAnswers() ? inContainer() : onThisMachine();
  }

  private static URI namedManagement(URI amqp) {
    return Optional.ofNullable(System.getenv(ADMIN_URI_SETTING))
        .map(URI::create)
        .orElseGet(
            () ->
                URI.create(
                    "http://%s@%s:%d"
                        .formatted(
                            Optional.ofNullable(amqp.getRawUserInfo()).orElse("guest:guest"),
                            amqp.getHost(),
                            DEFAULT_MANAGEMENT_PORT)));
  }

  private static boolean dockerAnswers() {
    return DockerClientFactory.instance().isDockerAvailable();
  }

  // Testcontainers' own reaper ends it, also when this JVM is killed.
  @SuppressWarnings("resource")
  private static RabbitMq inContainer() {
    RabbitMQContainer container = new RabbitMQContainer(IMAGE);
    container.start();
    String user = container.getAdminUsername() + ":" + container.getAdminPassword();
    return new RabbitMq(
        URI.create(container.getAmqpUrl().replace("://", "://" + user + "@")),
        URI.create(container.getHttpUrl().replace("://", "://" + user + "@")));
  }

  private static RabbitMq onThisMachine() {
    PrivateRabbitMq started = startPrivate();
    return new RabbitMq(started.amqpUri(), started.managementUri());
  }

  private static final class Shared {
    private static final RabbitMq INSTANCE = find();
  }
}
