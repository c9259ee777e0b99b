package org.vidtomo.messaging;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** Opens connections as the settings say. */
final class SessionOpener {
  private final BrokerSettings settings;
  private final UnaryOperator<URI> renewal;
  private final LongAdder lineBytes;
  private final ThreadFactory threads;
  private URI uri;
  private long opened;

  /** Opens with the credentials of the settings, whether they are refused or not. */
  SessionOpener(BrokerSettings settings, ThreadFactory threads) {
    this(settings, UnaryOperator.identity(), new LongAdder(), threads);
  }

  /**
   * Opens with what it has, beginning with the settings' URI.
   *
   * @param renewal what to use the next time, told what was refused
   * @param lineBytes counts what goes over the line
   */
  SessionOpener(
      BrokerSettings settings,
      UnaryOperator<URI> renewal,
      LongAdder lineBytes,
      ThreadFactory threads) {
    this.settings = settings;
    this.renewal = renewal;
    this.lineBytes = lineBytes;
    this.threads = threads;
    this.uri = settings.uri();
  }

  /** Opens one connection; callbacks of its consumers run on {@code dispatch}. */
  Session open(ExecutorService dispatch) throws IOException, TimeoutException {
    try {
      ConnectionFactory factory = factory();
      Connection connection = factory.newConnection(dispatch, settings.connectionName());
      BrokerFlavour flavour = BrokerFlavour.of(connection.getServerProperties());
      return new Session(connection, flavour, factory.getUsername(), ++opened);
    } catch (PossibleAuthenticationFailureException e) {
      uri = renewal.apply(uri);
      // Without its cause, whose words are less clear.
      throw new IOException(
          "the broker refuses this user, password or virtual host: check the broker URI");
    }
  }

  private ConnectionFactory factory() throws IOException {
    ConnectionFactory factory = new Factory();
    factory.setAutomaticRecoveryEnabled(false);
    factory.setTopologyRecoveryEnabled(false);
    factory.setRequestedHeartbeat((int) settings.heartbeat().toSeconds());
    factory.setConnectionTimeout(millis(settings.connectTimeout()));
    factory.setHandshakeTimeout(millis(settings.connectTimeout()));
    factory.setChannelRpcTimeout(millis(settings.requestTimeout()));
    factory.setShutdownTimeout(millis(settings.closeTimeout()));
    factory.setThreadFactory(threads);
    factory.setExceptionHandler(new QuietExceptions());
    factory.setTrafficListener(new LineCounter(lineBytes));
    try {
      factory.setUri(withDefaultVirtualHost(uri));
    } catch (GeneralSecurityException | URISyntaxException | IllegalArgumentException e) {
      throw new IOException("reading the URI of " + settings.broker() + ": " + e.getMessage(), e);
    }
    if (factory.isSSL()) {
      factory.useSslProtocol(BrokerTls.context(settings.certificates()));
      factory.enableHostnameVerification();
    }
    return factory;
  }

  /** By the letter of RabbitMQ's URI rules a lone slash names a host "", which nobody has. */
  private static URI withDefaultVirtualHost(URI uri) throws URISyntaxException {
    if (!"/".equals(uri.getRawPath())) {
      return uri;
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new URI(uri.getScheme() + "://" + uri.getRawAuthority() + query);
  }

  private static int millis(Duration duration) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, duration.toMillis()));
  }

  /** Whose connections take messages of which they cannot read the headers. */
  private static final class Factory extends ConnectionFactory {
    @Override
    protected synchronized FrameHandlerFactory createFrameHandlerFactory() throws IOException {
      FrameHandlerFactory usual = super.createFrameHandlerFactory();
      return (address, name) -> new ReadableFrames(usual.create(address, name));
    }
  }
}
