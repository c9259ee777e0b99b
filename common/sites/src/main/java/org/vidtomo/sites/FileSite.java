package org.vidtomo.sites;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** URLs that end like a media file's: no page has to be fetched. */
public final class FileSite implements Site {
  @Override
  public Optional<VideoId> identify(URI url) {
    return MediaType.ofEnding(url)
        .map(ending -> new VideoId(service(ending), CanonicalUrl.of(url).toString()));
  }

  private static String service(String ending) {
    return ending.equals("hls") || ending.equals("dash") ? ending : "file";
  }

  @Override
  public Page read(URI url, Document document) {
    return media(url, document.contentType());
  }

  /** What is known of a media file without fetching it. */
  public static Page media(URI url, Optional<String> contentType) {
    String path = url.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new Page(
        name.isEmpty() ? Optional.empty() : Optional.of(name),
        List.of(MediaLink.of(url, contentType)),
        OptionalLong.empty(),
        List.of(),
        Optional.empty());
  }
}
