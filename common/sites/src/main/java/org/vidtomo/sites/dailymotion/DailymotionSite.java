package org.vidtomo.sites.dailymotion;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Optional;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.TimeFrame;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.HlsMaster;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Query;
import org.vidtomo.sites.ScriptJson;
import org.vidtomo.sites.Site;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.VideoId;

/**
 * Dailymotion. The player's metadata first; where there is none, the page, whose older form holds
 * it; then the master playlist for its variants, and the REST interface for related videos.
 */
public final class DailymotionSite implements Site {
  private static final int MAX_RELATED = 50;

  @Override
  public Optional<VideoId> identify(URI url) {
    return DailymotionUrls.id(url).map(id -> new VideoId(DailymotionUrls.SERVICE, id));
  }

  @Override
  public Optional<Listing> listing(URI url) {
    return RestLists.of(url);
  }

  /** What was watched most, of all that Dailymotion lists. */
  public static Listing popular(TimeFrame frame) {
    return RestLists.popular(frame);
  }

  @Override
  public Step begin(URI url) {
    String id = DailymotionUrls.id(url).orElseThrow();
    URI metadata =
        URI.create(
            "https://www.dailymotion.com/player/metadata/video/"
                + id
                + "?app=com.dailymotion.neon");
    return new Step.Fetch(SiteRequest.get(metadata), document -> metadataRead(url, id, document));
  }

  private static Step metadataRead(URI url, String id, Document document) {
    Optional<Metadata> metadata = Metadata.of(document.json());
    return metadata.isPresent()
        ? found(id, metadata.get())
        : new Step.Fetch(
            SiteRequest.get(url), page -> pageRead(id, page), Optional.of(missing(document)));
  }

  private static Step pageRead(String id, Document document) {
    Optional<JsonNode> json =
        ScriptJson.after(document.text(), "\"metadata\"")
            .filter(data -> Metadata.of(data).isPresent())
            .or(() -> qualities(document));
    return json.flatMap(Metadata::of)
        .map(metadata -> found(id, metadata))
        .orElseGet(() -> new Step.Found(missing(document)));
  }

  /** Pages that hold no more than the list of forms. */
  private static Optional<JsonNode> qualities(Document document) {
    return ScriptJson.after(document.text(), "\"qualities\"")
        .map(q -> Wire.mapper().createObjectNode().set("qualities", q));
  }

  private static Page missing(Document document) {
    boolean gone = document.status() == 404 || document.status() == 410;
    if (gone) {
      String detail = "Dailymotion knows no such video (status " + document.status() + ")";
      return Page.failed(FailureKind.VIDEO_UNAVAILABLE, detail);
    }
    return document.successful()
        ? Page.failed(
            FailureKind.MEDIA_NOT_FOUND, "Dailymotion: neither metadata nor page name the media")
        : Page.failed(document);
  }

  private static Step found(String id, Metadata metadata) {
    Page page = metadata.page();
    String own = metadata.id().orElse(id);
    if (page.failure().isPresent()) {
      return new Step.Found(page);
    }
    Optional<MediaLink> playlist =
        page.media().stream().filter(link -> link.protocol().equals("hls")).findFirst();
    return playlist.map(link -> variants(own, page, link)).orElseGet(() -> related(own, page));
  }

  private static Step variants(String id, Page page, MediaLink playlist) {
    return new Step.Fetch(
        SiteRequest.get(playlist.url()),
        document ->
            related(
                id,
                document.successful()
                    ? page.withOthers(HlsMaster.candidates(document.text()))
                    : page),
        Optional.of(page));
  }

  private static Step related(String id, Page page) {
    URI url =
        Query.url(
            "https://api.dailymotion.com/video/" + id + "/related",
            "fields",
            "id",
            "limit",
            String.valueOf(MAX_RELATED));
    return new Step.Fetch(
        SiteRequest.get(url),
        document -> new Step.Found(page.withRelated(RestLists.videos(document.json()))),
        Optional.of(page));
  }
}
