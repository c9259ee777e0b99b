package org.vidtomo.testsite.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.Machines;
import org.vidtomo.testsite.layout.Role;
import org.vidtomo.testsite.media.Catalogue;
import org.vidtomo.testsite.media.Piece;
import org.vidtomo.testsite.media.Route;
import org.vidtomo.testsite.media.Video;

/** Serves media at the caches, each failing in its own way where its role says so. */
final class CachedMedia {

  static final String PATH = "/media/";

  /** How much of each body the cutting cache sends. */
  private static final double CUT_SHARE = 0.4;

  private final Machines machines;
  private final Redirects redirects;
  private final MediaAnswer media;
  private final Signer signer;
  private final Clock clock;
  private final Map<String, Instant> stored = new HashMap<>();

  CachedMedia(
      Machines machines, Redirects redirects, MediaAnswer media, Signer signer, Clock clock) {
    this.machines = machines;
    this.redirects = redirects;
    this.media = media;
    this.signer = signer;
    this.clock = clock;
  }

  /** Answers a request to a cache of any role that speaks HTTP. */
  void answer(Exchange exchange) {
    Machine cache = exchange.binding().machine();
    exchange.response().putHeader("Server", "vidtomo-cache");
    exchange.response().putHeader("Via", "1.1 " + cache.host());
    if (cache.role() == Role.UNAVAILABLE_CACHE) {
      exchange.response().putHeader("Retry-After", "120");
      exchange.refuse(503, "This cache is out of service");
      return;
    }
    Optional<Piece> piece = piece(exchange.request().path());
    if (piece.isPresent()) {
      segment(exchange, cache, piece.get());
      return;
    }
    Optional<Video> video = video(exchange.request().path());
    if (video.isEmpty()) {
      exchange.refuse(404, "No such media");
      return;
    }
    Optional<String> refusal = signer.refusal(video.get().id(), exchange.client(), exchange);
    if (refusal.isPresent()) {
      exchange.refuse(403, refusal.get());
      return;
    }
    serve(exchange, cache, video.get());
  }

  private void serve(Exchange exchange, Machine cache, Video video) {
    boolean elsewhere =
        video.route() == Route.VIA_SIBLING && cache.equals(machines.nearest(exchange.isp()));
    if (elsewhere) {
      exchange.response().putHeader("X-Cache", "MISS");
      exchange.redirect(307, redirects.at(exchange, machines.sibling(cache), video));
      return;
    }
    tellAge(exchange, cache, video.id());
    if (cache.role() == Role.CUTTING_CACHE) {
      media.send(exchange, video.clip(), CUT_SHARE, exchange::hangUp);
    } else {
      media.send(exchange, video.clip());
    }
  }

  /**
   * What a manifest names has no token of its own. The nearest cache lacks each third segment and
   * sends on to a sibling.
   */
  private void segment(Exchange exchange, Machine cache, Piece piece) {
    if (piece.name().matches("chunk-.*3\\.m4s") && cache.equals(machines.nearest(exchange.isp()))) {
      exchange.response().putHeader("X-Cache", "MISS");
      exchange.redirect(
          307, redirects.at(exchange, machines.sibling(cache), exchange.request().path()));
      return;
    }
    tellAge(exchange, cache, piece.name());
    media.send(exchange, piece);
  }

  private Optional<Piece> piece(String path) {
    return Catalogue.all().stream()
        .filter(v -> v.clip().manifest() && path.startsWith(PATH + v.id() + "/"))
        .findFirst()
        .flatMap(v -> media.pieceOfLadder(path.substring(PATH.length() + v.id().length() + 1)));
  }

  private void tellAge(Exchange exchange, Machine cache, String what) {
    Instant now = clock.instant();
    Instant since = stored.putIfAbsent(cache.host() + "/" + what, now);
    exchange.response().putHeader("X-Cache", since == null ? "MISS" : "HIT");
    long age = since == null ? 0 : Duration.between(since, now).toSeconds();
    exchange.response().putHeader("Age", String.valueOf(age));
    exchange.response().putHeader("Cache-Control", "private, max-age=21600");
  }

  private static Optional<Video> video(String path) {
    return Catalogue.all().stream()
        .filter(v -> path.equals(PATH + v.id() + "/" + v.clip().file()))
        .findFirst();
  }
}
