package org.vidtomo.testsite.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.NetServerOptions;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.vidtomo.testsite.layout.Binding;
import org.vidtomo.testsite.layout.Isp;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Loopback;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.Role;
import org.vidtomo.testsite.media.Clips;
import org.vidtomo.testsite.shape.Links;

/** One HTTP server at each address of each machine that has one, all on one event loop. */
public final class HttpServers {

  /** Longer than the slowest fault. */
  private static final int IDLE_SECONDS = 150;

  private final Vertx vertx;
  private final Layout layout;
  private final Links links;
  private final Site site;
  private final Redirects redirects;
  private final CachedMedia caches;
  private final Faults faults;
  private final Hidden hidden;

  public HttpServers(Vertx vertx, Layout layout, Links links, Clips clips, Clock clock) {
    this.vertx = vertx;
    this.layout = layout;
    this.links = links;
    MediaAnswer media = new MediaAnswer(clips);
    Signer signer = new Signer(clock);
    this.redirects = new Redirects(layout);
    this.caches = new CachedMedia(layout.machines(), redirects, media, signer, clock);
    this.faults = new Faults(vertx, layout, media);
    this.hidden = new Hidden(layout, redirects, signer);
    this.site = new Site(layout, redirects, media, faults, hidden, signer);
  }

  /** Binds all; closing the Vert.x instance ends it. */
  public Future<?> listen() {
    List<Future<?>> bound = new ArrayList<>();
    for (Binding binding : layout.bindings()) {
      if (binding.machine().role().speaksHttp()) {
        bound.add(listen(binding));
      } else if (binding.machine().role() == Role.RESETTING_CACHE) {
        bound.add(listenToReset(binding));
      }
    }
    return Future.all(bound);
  }

  /** What may stand for KIND in {@code /fault/KIND}. */
  public Set<String> faultKinds() {
    return faults.kinds();
  }

  private Future<?> listen(Binding binding) {
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
        .requestHandler(request -> answer(binding, request))
        .listen(binding.address().getPort(), binding.address().getAddress().getHostAddress());
  }

  /** Closing with a linger time of zero sends a reset. */
  private Future<?> listenToReset(Binding binding) {
    return vertx
        .createNetServer(new NetServerOptions().setSoLinger(0))
        .connectHandler(socket -> socket.handler(data -> socket.close()))
        .listen(binding.address().getPort(), binding.address().getAddress().getHostAddress());
  }

  private void answer(Binding binding, HttpServerRequest request) {
    String address = request.remoteAddress().hostAddress();
    InetSocketAddress client =
        new InetSocketAddress(Loopback.address(address), request.remoteAddress().port());
    Isp isp = layout.ispOf(binding, client.getAddress());
    Exchange exchange = new Exchange(request, binding, isp, layout.line(client), links);
    links.afterRoundTrip(
        isp,
        distance(binding.machine(), isp),
        () -> {
          if (!request.response().closed()) {
            route(exchange);
          }
        });
  }

  private void route(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    HostAndPort authority = request.authority();
    if (request.method() != HttpMethod.GET && !exchange.head()) {
      request.response().putHeader("Allow", "GET, HEAD");
      exchange.refuse(405, "Only GET and HEAD");
    } else if (authority == null) {
      exchange.refuse(400, "A request needs a Host");
    } else if (!exchange.binding().machine().answersTo(authority.host())) {
      exchange.refuse(421, "This is " + exchange.binding().machine().host());
    } else {
      switch (exchange.binding().machine().role()) {
        case SITE -> site.answer(exchange);
        case REDIRECTOR -> redirects.atRedirector(exchange);
        case BALANCER -> redirects.atBalancer(exchange);
        case PLAYER, PARAMETERS, TOKENS -> hidden.answer(exchange);
        default -> caches.answer(exchange);
      }
    }
  }

  private Duration distance(Machine machine, Isp isp) {
    boolean far =
        machine.role() == Role.CACHE
            && isp != Isp.NONE
            && !machine.equals(layout.machines().nearest(isp));
    return far ? Isp.DISTANCE : Duration.ZERO;
  }
}
