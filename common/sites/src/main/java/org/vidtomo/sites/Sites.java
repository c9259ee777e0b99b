package org.vidtomo.sites;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.vidtomo.core.task.TimeFrame;
import org.vidtomo.sites.archive.ArchiveSite;
import org.vidtomo.sites.dailymotion.DailymotionSite;
import org.vidtomo.sites.mediaccc.MediaCccSite;
import org.vidtomo.sites.page.PageSite;
import org.vidtomo.sites.peertube.PeerTubeSite;
import org.vidtomo.sites.youtube.CacheName;
import org.vidtomo.sites.youtube.YouTubeSite;

/** All services that are known; the last ones take what no other does. */
public final class Sites {
  private static final Sites KNOWN =
      new Sites(
          List.of(
              new YouTubeSite(),
              new DailymotionSite(),
              new MediaCccSite(),
              new ArchiveSite(),
              new FileSite(),
              new PeerTubeSite(),
              new PageSite()));

  private static final String NO_TRENDING =
      "YouTube closed its list of popular videos in 2025; name seeds instead: the URL of a channel"
          + " (https://www.youtube.com/@name), of a playlist, of a search, of the chart of a"
          + " country's music (https://charts.youtube.com/charts/TrendingVideos/gb) or of what is"
          + " live (https://www.youtube.com/channel/UC4R8DWoMoI7CAwX8_LjQHig/livetab), or a list of"
          + " videos";

  private final List<Site> sites;

  private Sites(List<Site> sites) {
    this.sites = List.copyOf(sites);
  }

  /** The services that this version knows. */
  public static Sites known() {
    return KNOWN;
  }

  /**
   * Which video a URL means.
   *
   * @return empty when it is no URL of the web, nor of a streaming protocol
   */
  public Optional<VideoId> identify(String url) {
    return Urls.http(url).flatMap(this::identify).or(() -> streaming(url));
  }

  private static Optional<VideoId> streaming(String url) {
    return Urls.streaming(url)
        .map(uri -> new VideoId(uri.getScheme().toLowerCase(Locale.ROOT), uri.toString()));
  }

  private Optional<VideoId> identify(URI url) {
    return sites.stream().flatMap(site -> site.identify(url).stream()).findFirst();
  }

  /** The service that a URL belongs to; there is always one. */
  public Site of(URI url) {
    return sites.stream()
        .filter(site -> site.identify(url).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not an http or https URL: " + url));
  }

  /**
   * What a service's viewers watched most.
   *
   * @throws IllegalArgumentException when the service is unknown, or gives no such list any more;
   *     the message names what to do instead
   */
  public Listing popular(String service, TimeFrame frame) {
    return switch (service) {
      case "dailymotion" -> DailymotionSite.popular(frame);
      case "youtube" -> throw new IllegalArgumentException(NO_TRENDING);
      default ->
          throw new IllegalArgumentException(
              "the most popular videos are known of dailymotion only, not of '" + service + "'");
    };
  }

  /**
   * Where a server of media stands, as its name tells where names follow a known scheme.
   *
   * @return such as {@code sn-25ge7nzk}
   */
  public static Optional<String> cacheSite(String host) {
    return CacheName.of(host).map(CacheName::site);
  }

  /**
   * A channel, a playlist, a user, a search … as a list of videos.
   *
   * @param url absolute, http or https
   * @return empty when it is no list of a known service
   */
  public Optional<Listing> listing(URI url) {
    return sites.stream().flatMap(site -> site.listing(url).stream()).findFirst();
  }
}
