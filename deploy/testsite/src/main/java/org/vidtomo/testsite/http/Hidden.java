package org.vidtomo.testsite.http;

import java.util.Optional;
import java.util.stream.Collectors;
import org.vidtomo.testsite.layout.Layout;
import org.vidtomo.testsite.layout.Machine;
import org.vidtomo.testsite.layout.Role;
import org.vidtomo.testsite.media.Catalogue;
import org.vidtomo.testsite.media.Video;

/**
 * The way in which older sites hide their media, over sub-domains: the page frames a player, whose
 * script names a document of parameters, which names a URL with a token, which redirects to the
 * media.
 */
final class Hidden {

  static final String PAGE = "/hidden/";
  private static final String PLAYER = "/embed/";
  private static final String PARAMETERS = "/config/";
  private static final String TOKEN = "/t/";
  private static final String XML = "application/xml; charset=utf-8";

  private final Layout layout;
  private final Redirects redirects;
  private final Signer signer;

  Hidden(Layout layout, Redirects redirects, Signer signer) {
    this.layout = layout;
    this.redirects = redirects;
    this.signer = signer;
  }

  /** Answers for the page or for one of the machines behind it. */
  void answer(Exchange exchange) {
    switch (exchange.binding().machine().role()) {
      case PLAYER -> video(exchange, PLAYER).ifPresent(video -> player(exchange, video));
      case PARAMETERS ->
          video(exchange, PARAMETERS).ifPresent(video -> parameters(exchange, video));
      case TOKENS -> video(exchange, TOKEN).ifPresent(video -> token(exchange, video));
      default -> video(exchange, PAGE).ifPresent(video -> page(exchange, video));
    }
  }

  private static Optional<Video> video(Exchange exchange, String prefix) {
    String path = exchange.request().path();
    String number = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    Optional<Video> video =
        number.matches("\\d{1,4}(\\.xml)?")
            ? Catalogue.byNumber(Integer.parseInt(number.replace(".xml", "")))
            : Optional.empty();
    if (video.isEmpty()) {
      exchange.refuse(404, "No such video");
    }
    return video;
  }

  private void page(Exchange exchange, Video video) {
    String related =
        video.related().stream()
            .map(number -> "<li><a href=\"" + PAGE + number + "\">Video " + number + "</a></li>")
            .collect(Collectors.joining("\n"));
    String frame = at(exchange, Role.PLAYER, PLAYER + video.number());
    String body =
        """
        <iframe src="%s" width="640" height="360" allowfullscreen></iframe>
        <ul class="related">
        %s
        </ul>"""
            .formatted(frame, related);
    exchange.text(200, Exchange.HTML, Pages.document(video.title(), "", body));
  }

  /** The advert before the video is named first, and openly. */
  private void player(Exchange exchange, Video video) {
    String parameters = at(exchange, Role.PARAMETERS, PARAMETERS + video.number() + ".xml");
    String script =
        """
        <div id="player"></div>
        <script>
        var host = document.location.host; // the parts below are put together as players do
        var so = new SWFObject('/player.swf', 'player', '640', '360', '9');
        so.addVariable('preroll', '/adverts/spot.mp4');
        so.addVariable('config', unescape('%s') + '?skin=' + 'dark');
        so.write('player');
        </script>"""
            .formatted(parameters.replace(":", "%3A").replace("/", "%2F"));
    exchange.text(200, Exchange.HTML, Pages.document("Player", "", script));
  }

  private void parameters(Exchange exchange, Video video) {
    String query = signer.query(video.id(), exchange.client());
    String url = at(exchange, Role.TOKENS, TOKEN + video.number()) + "?" + query;
    exchange.text(
        200,
        XML,
        """
        <?xml version="1.0" encoding="utf-8"?>
        <config>
          <skin>dark</skin>
          <media type="%s"><url><![CDATA[%s]]></url></media>
        </config>
        """
            .formatted(video.clip().contentType(), url));
  }

  /** Where the token leads, with a token of its own. */
  private void token(Exchange exchange, Video video) {
    Optional<String> refusal = signer.refusal(video.id(), exchange.client(), exchange);
    if (refusal.isPresent()) {
      exchange.refuse(403, refusal.get());
      return;
    }
    String query = signer.query(video.id(), exchange.client());
    exchange.redirect(302, redirects.entry(exchange, video) + "?" + query);
  }

  private String at(Exchange exchange, Role role, String path) {
    Machine machine = layout.machines().only(role);
    return "http://" + layout.authority(machine.host(), machine, exchange.isp()) + path;
  }
}
