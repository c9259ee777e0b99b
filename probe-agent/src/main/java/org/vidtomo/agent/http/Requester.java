package org.vidtomo.agent.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Urls;

/**
 * Asks for a URL the way this machine does: name, connect-to, proxy, guards, budget. One for each
 * measurement.
 */
public final class Requester {
  private static final Map<String, String> ALWAYS =
      Map.of("User-Agent", "Mozilla/5.0 (compatible; Vidtomo)", "Accept", "*/*");

  private final HttpEngine engine;
  private final Names names;
  private final UrlGuard urlGuard;
  private final ByteBudget budget;
  private final List<ConnectTo> connectTo;
  private final Optional<URI> proxy;
  private final HttpProtocol protocol;
  private final Http3Choice choice = new Http3Choice();

  public Requester(
      HttpEngine engine,
      Names names,
      UrlGuard urlGuard,
      ByteBudget budget,
      List<ConnectTo> connectTo,
      Optional<URI> proxy,
      HttpProtocol protocol) {
    this.engine = engine;
    this.names = names;
    this.urlGuard = urlGuard;
    this.budget = budget;
    this.connectTo = List.copyOf(connectTo);
    this.proxy = proxy;
    this.protocol = protocol;
  }

  /**
   * What came of a URL.
   *
   * @param host the name that was resolved, which connect-to may have changed
   * @param endpoint absent when the name did not resolve or was not to be, or where it led to was
   *     refused
   * @param exchange with the time that resolving took among its phases
   */
  public record Answer(URI url, String host, Optional<Endpoint> endpoint, Exchange exchange) {}

  /** What a site wants to be asked: resolves, connects, asks, follows nothing. */
  public Answer ask(SiteRequest request, UrlGuard.Use use, BodySink sink, Deadline deadline) {
    return ask(request, use, sink, Optional.empty(), deadline);
  }

  /** Resolves, connects, asks. */
  public Answer get(
      URI url, UrlGuard.Use use, Map<String, String> headers, BodySink sink, Deadline deadline) {
    return get(url, use, headers, sink, Optional.empty(), deadline);
  }

  /**
   * Resolves, connects, asks.
   *
   * @param bodyLimit time from sending the request in which the body may come
   */
  public Answer get(
      URI url,
      UrlGuard.Use use,
      Map<String, String> headers,
      BodySink sink,
      Optional<Duration> bodyLimit,
      Deadline deadline) {
    SiteRequest request = new SiteRequest("GET", url, headers, Optional.empty());
    return ask(request, use, sink, bodyLimit, deadline);
  }

  private Answer ask(
      SiteRequest request,
      UrlGuard.Use use,
      BodySink sink,
      Optional<Duration> bodyLimit,
      Deadline deadline) {
    URI url = request.url();
    ConnectTo.Target target = ConnectTo.target(connectTo, url);
    String host = target.host();
    try {
      urlGuard.check(url, use);
      Names.Resolved resolved = names.resolve(host, deadline);
      asked(resolved.micros());
      Endpoint endpoint =
          new Endpoint(
              new InetSocketAddress(resolved.addresses().get(0), target.port()),
              proxyAddress(deadline));
      Exchange exchange = at(endpoint, request, sink, bodyLimit, deadline);
      return new Answer(
          url, host, told(endpoint, exchange), exchange.resolvedIn(resolved.micros()));
    } catch (RefusedException e) {
      return new Answer(url, host, Optional.empty(), Exchange.failed(e.failure("request")));
    } catch (Names.NameException e) {
      asked(e.micros());
      Exchange failed = Exchange.failed(e.failure()).resolvedIn(e.micros());
      return new Answer(url, host, Optional.empty(), failed);
    }
  }

  /**
   * Asks at a known endpoint.
   *
   * @param bodyLimit time from sending the request in which the body may come
   */
  public Exchange at(
      Endpoint endpoint,
      URI url,
      Map<String, String> headers,
      BodySink sink,
      Optional<Duration> bodyLimit,
      Deadline deadline) {
    SiteRequest request = new SiteRequest("GET", url, headers, Optional.empty());
    return at(endpoint, request, sink, bodyLimit, deadline);
  }

  private Exchange at(
      Endpoint endpoint,
      SiteRequest request,
      BodySink sink,
      Optional<Duration> bodyLimit,
      Deadline deadline) {
    if (budget.leftBytes() <= 0) {
      return Exchange.failed(
          new Failure(FailureKind.DATA_CAP, "request", "the byte budget is used up"));
    }
    Map<String, String> all = new LinkedHashMap<>(ALWAYS);
    all.putAll(request.headers());
    return choice.exchange(
        engine,
        new ExchangeRequest(request.url(), endpoint, protocol, all, request.body(), bodyLimit),
        new WithinBudget(sink, budget),
        deadline);
  }

  /** From now on connections stay open between requests, as a player's do. */
  public void keepConnections() {
    engine.keepConnections();
  }

  /** Closes what was kept. */
  public void forgetConnections() {
    engine.forgetConnections();
  }

  /** What may still be received. */
  public long leftBytes() {
    return budget.leftBytes();
  }

  private void asked(long micros) {
    if (micros > 0) {
      budget.spend(WireBytes.lookup());
    }
  }

  /** Whoever led the agent to an address of its owner's network is not told which it is. */
  private static Optional<Endpoint> told(Endpoint endpoint, Exchange exchange) {
    return Optional.of(endpoint).filter(e -> !exchange.failedFor(FailureKind.PRIVATE_ADDRESS));
  }

  private Optional<InetSocketAddress> proxyAddress(Deadline deadline) throws Names.NameException {
    if (proxy.isEmpty()) {
      return Optional.empty();
    }
    InetAddress address = names.resolve(Urls.host(proxy.get()), deadline).addresses().get(0);
    return Optional.of(new InetSocketAddress(address, proxy.get().getPort()));
  }

  /** Ends what the budget has no room for; what goes over the line the engine tells it itself. */
  private record WithinBudget(BodySink sink, ByteBudget budget) implements BodySink {
    @Override
    public boolean head(ResponseHead head, long elapsedMicros) {
      return sink.head(head, elapsedMicros);
    }

    @Override
    public boolean bytes(ByteBuffer chunk, long elapsedMicros) {
      return sink.bytes(chunk, elapsedMicros) && budget.leftBytes() > 0;
    }
  }
}
