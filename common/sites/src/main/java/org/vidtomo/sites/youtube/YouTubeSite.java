package org.vidtomo.sites.youtube;

import java.net.URI;
import java.util.Optional;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Site;
import org.vidtomo.sites.Step;
import org.vidtomo.sites.VideoId;

/**
 * YouTube. The watch page first; where it gives no media openly, the JSON that players ask for;
 * where it lists no related videos, the JSON that pages ask for.
 */
public final class YouTubeSite implements Site {
  @Override
  public Optional<VideoId> identify(URI url) {
    return VideoUrls.identify(url);
  }

  @Override
  public Step begin(URI url) {
    return Watch.begin(url, identify(url).orElseThrow().id());
  }

  @Override
  public Optional<Listing> listing(URI url) {
    return YouTubeLists.of(url);
  }
}
