package org.vidtomo.sites.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.MediaLink;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.Site;
import org.vidtomo.sites.SiteRequest;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;

/** Items of the Internet Archive (archive.org/developers/md-read.html). */
public final class ArchiveSite implements Site {
  private static final Pattern ITEM =
      Pattern.compile("https?://(?:www\\.)?archive\\.org/(?:details|embed)/([\\w.-]+)(?:[/?].*)?");

  @Override
  public Optional<VideoId> identify(URI url) {
    Matcher item = ITEM.matcher(url.toString());
    return item.matches() ? Optional.of(new VideoId("archive", item.group(1))) : Optional.empty();
  }

  @Override
  public Step begin(URI url) {
    String item = identify(url).orElseThrow().id();
    URI metadata = URI.create("https://archive.org/metadata/" + item);
    return new Step.Fetch(SiteRequest.get(metadata), document -> read(item, document));
  }

  private static Step read(String item, Document document) {
    URI folder = URI.create("https://archive.org/download/" + item + "/");
    List<MediaLink> media = new ArrayList<>();
    for (JsonNode file : document.json().path("files")) {
      int height = file.path("height").asInt();
      Urls.resolve(folder, "./" + file.path("name").asText())
          .map(
              url ->
                  MediaLink.of(url, Optional.empty(), OptionalInt.empty(), OptionalInt.of(height)))
          .filter(link -> link.container().isPresent() && height > 0)
          .ifPresent(media::add);
    }
    Page page = document.successful() ? Page.of(media) : Page.failed(document);
    JsonNode title = document.json().at("/metadata/title");
    return new Step.Found(page.withTitle(Optional.of(title.asText(""))));
  }
}
