package org.vidtomo.testsite.http;

import java.util.Optional;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.Machines;
import org.vidtomo.testsite.layout.Role;
import org.vidtomo.testsite.media.Catalogue;
import org.vidtomo.testsite.media.Route;
import org.vidtomo.testsite.media.Video;

/** Leads a media request from the redirector over the ISP's balancer to a cache. */
final class Redirects {

  private static final String FIRST = "/v/";
  private static final String SECOND = "/r/";

  private final Layout layout;

  Redirects(Layout layout) {
    this.layout = layout;
  }

  /** The media URL that pages carry, without its token. */
  String entry(Exchange exchange, Video video) {
    Machine redirector = layout.machines().only(Role.REDIRECTOR);
    return url(exchange, redirector.host(), redirector, FIRST + video.id());
  }

  /** Answers a request to the redirector. */
  void atRedirector(Exchange exchange) {
    Optional<Video> video = video(exchange, FIRST).or(() -> video(exchange, SECOND));
    if (video.isEmpty()) {
      exchange.refuse(404, "No such video");
      return;
    }
    boolean first = exchange.request().path().startsWith(FIRST);
    if (first && video.get().route() == Route.RELATIVE_FIRST) {
      exchange.redirect(302, SECOND + video.get().id() + exchange.query());
      return;
    }
    Machine balancer = layout.machines().balancer(exchange.isp());
    exchange.redirect(
        302, url(exchange, balancer.host(), balancer, FIRST + video.get().id()) + exchange.query());
  }

  /** Answers a request to a balancer. */
  void atBalancer(Exchange exchange) {
    Optional<Video> video = video(exchange, FIRST);
    if (video.isEmpty()) {
      exchange.refuse(404, "No such video");
      return;
    }
    Route route = video.get().route();
    Machines machines = layout.machines();
    Machine cache = route.fails() ? machines.only(route.end()) : machines.nearest(exchange.isp());
    boolean byDns = route == Route.BY_DNS;
    String host = byDns ? Machines.MEDIA_HOST : cache.host();
    exchange.redirect(
        byDns ? 307 : 302, url(exchange, host, cache, path(video.get())) + exchange.query());
  }

  /** The URL of a path at a machine. */
  String at(Exchange exchange, Machine cache, String path) {
    return url(exchange, cache.host(), cache, path);
  }

  /** The URL of a video at a machine, with the request's token. */
  String at(Exchange exchange, Machine cache, Video video) {
    return url(exchange, cache.host(), cache, path(video)) + exchange.query();
  }

  private static String path(Video video) {
    return CachedMedia.PATH + video.id() + "/" + video.clip().file();
  }

  private String url(Exchange exchange, String host, Machine machine, String path) {
    return "http://" + layout.authority(host, machine, exchange.isp()) + path;
  }

  private static Optional<Video> video(Exchange exchange, String prefix) {
    String path = exchange.request().path();
    return path.startsWith(prefix)
        ? Catalogue.byId(path.substring(prefix.length()))
        : Optional.empty();
  }
}
