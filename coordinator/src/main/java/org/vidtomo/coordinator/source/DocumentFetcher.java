package org.vidtomo.coordinator.source;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.runtime.http.SpecialAddresses;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Urls;

/**
 * Fetches documents of public servers over https. The address that is connected to is the one that
 * was looked at, which the JDK's client, who looks a name up by itself, cannot promise: no name can
 * lead into a private network. Thread-safe.
 */
public final class DocumentFetcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DocumentFetcher.class);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
  private static final int MAX_REDIRECTS = 5;

  private final HttpClientAgent client;
  private final Optional<InetSocketAddress> server;

  /**
   * A fetcher that has no connection yet.
   *
   * @param settings whom to trust, and where to connect otherwise than URLs say
   */
  public DocumentFetcher(Vertx vertx, SourceSettings settings) {
    this.server = settings.server();
    ClientSSLOptions ssl = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
    settings
        .authorities()
        .ifPresent(pem -> ssl.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientConfig()
                    .setVersions(List.of(HttpVersion.HTTP_1_1))
                    .setConnectTimeout(CONNECT_LIMIT)
                    .setDecompressionEnabled(true)
                    .setVerifyHost(true))
            .with(ssl)
            .build();
  }

  /**
   * Fetches a document, following redirects. Blocks.
   *
   * @param limit for all of it, with its redirects
   * @return whatever its status
   * @throws ListingException when no answer came, or it led to where nobody may be sent
   */
  public Document fetch(SiteRequest request, Duration limit) throws ListingException {
    long until = System.nanoTime() + limit.toNanos();
    SiteRequest next = request;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      Answer answer = exchange(next, until);
      Optional<URI> location = answer.location();
      if (location.isEmpty()) {
        return answer.document();
      }
      next = redirected(next, location.get(), answer.document().status());
    }
    throw new ListingException(
        "%s: more than %d redirects".formatted(request.url(), MAX_REDIRECTS));
  }

  /** What was meant for one server is told to no other; RFC 9110 §15.4 on methods. */
  private static SiteRequest redirected(SiteRequest before, URI location, int status) {
    boolean same = Urls.host(location).equalsIgnoreCase(Urls.host(before.url()));
    boolean keeps = same && (status == 307 || status == 308);
    return new SiteRequest(
        keeps ? before.method() : "GET",
        location,
        same ? before.headers() : Map.of(),
        keeps ? before.body() : Optional.empty());
  }

  private Answer exchange(SiteRequest request, long until) throws ListingException {
    URI url = request.url();
    if (!"https".equals(url.getScheme())) {
      throw new ListingException(url + ": lists of videos are read over https only");
    }
    long left = Math.min(REQUEST_LIMIT.toNanos(), until - System.nanoTime());
    CompletableFuture<Answer> done = new CompletableFuture<>();
    client
        .connect(
            new HttpConnectOptions()
                .setServer(server(url))
                .setHost(Urls.host(url))
                .setPort(Urls.port(url))
                .setSsl(true))
        .onSuccess(connection -> PinnedExchange.run(request, connection, done))
        .onFailure(done::completeExceptionally);
    try {
      return done.get(Math.max(1, left), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new ListingException("%s: %s".formatted(url, reason(e.getCause())), e.getCause());
    } catch (TimeoutException e) {
      throw new ListingException(
          "%s: no whole answer within %d s".formatted(url, REQUEST_LIMIT.toSeconds()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ListingException(url + ": interrupted", e);
    } finally {
      // Ends the connection of one that came too late, too.
      done.cancel(false);
    }
  }

  private SocketAddress server(URI url) throws ListingException {
    if (server.isPresent()) {
      return SocketAddress.inetSocketAddress(server.get().getPort(), server.get().getHostString());
    }
    return SocketAddress.inetSocketAddress(
        Urls.port(url), publicAddress(Urls.host(url)).getHostAddress());
  }

  private static InetAddress publicAddress(String host) throws ListingException {
    for (InetAddress address : lookUp(host)) {
      if (SpecialAddresses.find(address.getAddress()).isEmpty()) {
        return address;
      }
    }
    throw new ListingException(host + " has no public address; nothing private is asked for lists");
  }

  private static List<InetAddress> lookUp(String host) throws ListingException {
    try {
      return Arrays.asList(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new ListingException(host + ": the name is not known", e);
    }
  }

  private static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void close() {
    try {
      client
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("the client of listings did not close in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
