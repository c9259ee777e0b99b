package org.vidtomo.testsite.http;

import java.util.Optional;
import org.vidtomo.testsite.layout.Isp;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.media.Catalogue;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;
import org.vidtomo.testsite.media.Piece;
import org.vidtomo.testsite.media.Video;

/** The site proper: index, watch pages, plain files and faults. */
final class Site {

  static final String WATCH = "/watch/";
  static final String FILES = "/files/";

  private final Layout layout;
  private final Redirects redirects;
  private final MediaAnswer media;
  private final Faults faults;
  private final Hidden hidden;
  private final Signer signer;

  Site(
      Layout layout,
      Redirects redirects,
      MediaAnswer media,
      Faults faults,
      Hidden hidden,
      Signer signer) {
    this.layout = layout;
    this.redirects = redirects;
    this.media = media;
    this.faults = faults;
    this.hidden = hidden;
    this.signer = signer;
  }

  void answer(Exchange exchange) {
    String path = exchange.request().path();
    exchange.response().putHeader("Server", "vidtomo-site");
    if (path.equals("/")) {
      exchange.text(200, Exchange.HTML, Pages.index());
    } else if (path.startsWith(WATCH)) {
      watch(exchange, path.substring(WATCH.length()));
    } else if (path.startsWith(LinkedPages.PATH)) {
      linked(exchange, path.substring(LinkedPages.PATH.length()));
    } else if (path.startsWith(Hidden.PAGE)) {
      hidden.answer(exchange);
    } else if (path.startsWith(FILES)) {
      file(exchange, path.substring(FILES.length()));
    } else if (path.startsWith(Faults.PATH)) {
      faults.answer(exchange, path.substring(Faults.PATH.length()));
    } else {
      exchange.refuse(404, "No such page");
    }
  }

  private void watch(Exchange exchange, String number) {
    Optional<Video> video =
        number.matches("\\d{1,4}")
            ? Catalogue.byNumber(Integer.parseInt(number))
            : Optional.empty();
    if (video.isEmpty()) {
      exchange.refuse(404, "No such video");
      return;
    }
    Machine site = exchange.binding().machine();
    String pageUrl = "http://" + layout.authority(site.host(), site, Isp.NONE) + WATCH + number;
    String token = signer.query(video.get().id(), exchange.client());
    String mediaUrl = redirects.entry(exchange, video.get()) + "?" + token;
    exchange.text(200, Exchange.HTML, Pages.watch(video.get(), pageUrl, mediaUrl));
  }

  private static void linked(Exchange exchange, String path) {
    Optional<String> page = LinkedPages.page(path, FILES + Clip.LOW.file());
    if (page.isPresent()) {
      exchange.text(200, Exchange.HTML, page.get());
    } else {
      exchange.refuse(404, "No such page: /linked/OF/NUMBER, NUMBER being 1 to OF");
    }
  }

  private void file(Exchange exchange, String name) {
    Optional<Clip> clip = Clips.named(name);
    Optional<Piece> piece = media.pieceOfLadder(name);
    if (clip.isPresent()) {
      media.send(exchange, clip.get());
    } else if (piece.isPresent()) {
      media.send(exchange, piece.get());
    } else {
      exchange.refuse(404, "No such file");
    }
  }
}
