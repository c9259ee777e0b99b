package org.vidtomo.agent.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.task.HttpProtocol;

/**
 * The one HTTP client of the agent: one request at a time to a pinned address, with its phases.
 * Each has a connection of its own, but for those of a session that keeps its connections.
 */
public final class HttpEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEngine.class);

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final AddressGuard guard;
  private final boolean warm;
  private final HttpClients configured;
  private final Limits limits;
  private final LongSupplier ticker;
  private final TimedTransport transport;
  private final Map<HttpProtocol, HttpClientAgent> clients = new EnumMap<>(HttpProtocol.class);
  private Vertx vertx;
  private Optional<KeptConnections> kept = Optional.empty();
  private boolean closed;

  /**
   * An engine that starts with its first exchange.
   *
   * @param guard asked about each address before it is connected to
   * @param caCertificates PEM file, in place of the system's authorities
   */
  public HttpEngine(
      AddressGuard guard,
      Optional<InetAddress> bindAddress,
      Optional<Path> caCertificates,
      LongSupplier ticker) {
    this(guard, bindAddress, caCertificates, bytes -> {}, ticker);
  }

  /**
   * An engine that starts with its first exchange.
   *
   * @param guard asked about each address before it is connected to
   * @param caCertificates PEM file, in place of the system's authorities
   * @param line hears of bytes that go over the line, on the network's thread
   */
  public HttpEngine(
      AddressGuard guard,
      Optional<InetAddress> bindAddress,
      Optional<Path> caCertificates,
      LongConsumer line,
      LongSupplier ticker) {
    this(
        guard,
        bindAddress,
        caCertificates.map(file -> new PemTrustOptions().addCertPath(file.toString())),
        true,
        Limits.DEFAULTS,
        line,
        ticker);
  }

  private HttpEngine(
      AddressGuard guard,
      Optional<InetAddress> bindAddress,
      Optional<TrustOptions> trust,
      boolean warm,
      Limits limits,
      LongConsumer line,
      LongSupplier ticker) {
    this.guard = guard;
    this.warm = warm;
    this.configured = new HttpClients(() -> vertx, bindAddress, trust, limits);
    this.limits = limits;
    this.ticker = ticker;
    this.transport = new TimedTransport(ticker, line);
  }

  /** One that does not warm up: for the warm-up itself. */
  static HttpEngine cold(TrustOptions trust, LongSupplier ticker) {
    return new HttpEngine(
        AddressGuard.ALL,
        Optional.empty(),
        Optional.of(trust),
        false,
        Limits.DEFAULTS,
        bytes -> {},
        ticker);
  }

  /** One with less patience. */
  static HttpEngine hasty(TrustOptions trust, Limits limits, LongSupplier ticker) {
    return new HttpEngine(
        AddressGuard.ALL, Optional.empty(), Optional.of(trust), true, limits, bytes -> {}, ticker);
  }

  /**
   * Runs an exchange to its end on the calling thread.
   *
   * @return always within the deadline and a second; all that went wrong is in the result
   */
  public synchronized Exchange exchange(ExchangeRequest request, BodySink sink, Deadline deadline) {
    try {
      guard.check(request.endpoint().address().getAddress());
      if (request.endpoint().proxy().isPresent()) {
        guard.check(request.endpoint().proxy().get().getAddress());
      }
    } catch (RefusedException e) {
      LOG.info("An address is not connected to: {}", e.getMessage());
      return Exchange.failed(e.failure("connect"));
    }
    start();
    Optional<KeptConnections.Kept> open = kept.flatMap(k -> k.take(request));
    Exchange exchange = run(request, sink, deadline, open);
    // The server may have closed it while it was not used (RFC 9112 §9.3.1).
    return open.isPresent() && exchange.closedUnanswered()
        ? run(request, sink, deadline, Optional.empty())
        : exchange;
  }

  private Exchange run(
      ExchangeRequest request,
      BodySink sink,
      Deadline deadline,
      Optional<KeptConnections.Kept> open) {
    return new TimedExchange(this, vertx, request, sink, deadline, open, kept).run();
  }

  /** From now on connections stay open and are used again, until they are forgotten. */
  synchronized void keepConnections() {
    forgetConnections();
    kept = Optional.of(new KeptConnections());
  }

  /** Closes what was kept; each exchange has a connection of its own again. */
  synchronized void forgetConnections() {
    kept.ifPresent(KeptConnections::close);
    kept = Optional.empty();
  }

  private void start() {
    if (closed) {
      throw new IllegalStateException("the HTTP engine is closed");
    }
    if (vertx == null) {
      if (warm) {
        Warmup.once(ticker);
      }
      vertx =
          Vertx.builder()
              .withTransport(transport)
              .with(
                  new VertxOptions()
                      .setEventLoopPoolSize(1)
                      .setWorkerPoolSize(1)
                      .setInternalBlockingPoolSize(1)
                      .setUseDaemonThread(true)
                      .setFileSystemOptions(
                          new FileSystemOptions()
                              .setClassPathResolvingEnabled(false)
                              .setFileCachingEnabled(false)))
              .build();
    }
  }

  Limits limits() {
    return limits;
  }

  ConnectTimes newTimes() {
    return transport.newTimes();
  }

  LongSupplier ticker() {
    return ticker;
  }

  /** Whether this platform has what HTTP/3 needs. */
  public static boolean http3Available() {
    return Http3Choice.available();
  }

  /** Opens a connection; called on the exchange's own context. */
  Future<HttpClientConnection> connect(
      HttpProtocol protocol, HttpConnectOptions options, ConnectTimes times) {
    transport.noteNext(times);
    return clients.computeIfAbsent(protocol, configured::of).connect(options);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (vertx == null) {
      return;
    }
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      LOG.warn(
          "The HTTP engine did not close in time limit={} reason={}", CLOSE_LIMIT, e.toString());
    }
    vertx = null;
  }
}
