package org.vidtomo.sites;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** URLs that end like a media file's: no page has to be fetched. */
public final class FileSite implements Site {
  @Override
  public Optional<VideoId> identify(URI url) {
    return MediaType.ofEnding(url).map(ending -> id(ending, url));
  }

  @Override
  public Step begin(URI url) {
    return new Step.Found(media(url, url, Optional.empty()));
  }

  /**
   * A page that turned out to be media when it was fetched.
   *
   * @param asked the URL that was asked for: where it led to may hold tokens
   */
  public static Page media(URI asked, Document document) {
    return media(asked, document.url(), document.contentType());
  }

  private static Page media(URI asked, URI url, Optional<String> contentType) {
    String path = url.getPath();
    MediaLink link = MediaLink.of(url, contentType);
    return Page.of(List.of(link))
        .withId(Optional.of(id(link.protocol(), asked)))
        .withTitle(Optional.of(path.substring(path.lastIndexOf('/') + 1)));
  }

  private static VideoId id(String kind, URI url) {
    boolean manifest = kind.equals("hls") || kind.equals("dash");
    return new VideoId(manifest ? kind : "file", CanonicalUrl.of(url).toString());
  }
}
