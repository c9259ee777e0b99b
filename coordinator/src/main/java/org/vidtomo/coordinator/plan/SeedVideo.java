package org.vidtomo.coordinator.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import org.vidtomo.sites.Listing;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.Urls;
import org.vidtomo.sites.VideoId;
import org.vidtomo.storage.Seed;

/**
 * A video that a campaign measures, or a list of videos that stands among them.
 *
 * @param url the page, as it was submitted
 * @param service such as {@code youtube}; {@code listing} of a list
 * @param videoId canonical, {@code service:id}
 */
public record SeedVideo(String url, String service, String videoId) {
  /** Longer URLs are refused: a signed assignment with its URL must fit a message's header. */
  public static final int MAX_URL_CHARACTERS = 2048;

  private static final String LISTING = "listing";

  private static final Set<String> OF_MANY_HOSTS =
      Set.of("page", "file", "hls", "dash", "peertube");

  public SeedVideo {
    requireNonNull(url, "url");
    requireNonNull(service, "service");
    requireNonNull(videoId, "videoId");
  }

  /**
   * What a URL means.
   *
   * @return empty when it is no http or https URL with a host, or too long
   */
  public static Optional<SeedVideo> of(String url) {
    String text = url.strip();
    if (text.length() > MAX_URL_CHARACTERS) {
      return Optional.empty();
    }
    return Sites.known().identify(text).map(id -> of(text, id));
  }

  /**
   * What a line of a list means: a video, or a channel, playlist and the like of a known service.
   *
   * @return empty when it is no http or https URL with a host, or too long
   */
  public static Optional<SeedVideo> ofLine(String line) {
    Optional<SeedVideo> video = of(line);
    return listing(line).isPresent()
        ? video.map(page -> new SeedVideo(page.url(), LISTING, LISTING + ":" + page.videoId()))
        : video;
  }

  /** The list of videos that a URL means, if it means one. */
  public static Optional<Listing> listing(String url) {
    return Urls.http(url).flatMap(Sites.known()::listing);
  }

  /** Whether it is a list of videos. */
  public boolean isListing() {
    return service.equals(LISTING);
  }

  /** Where it is fetched: the host of its page, and of services with several names their own. */
  public String host() {
    return OF_MANY_HOSTS.contains(service) ? Urls.http(url).map(Urls::host).orElse("") : service;
  }

  /** A stored one. */
  public static SeedVideo of(Seed seed) {
    return new SeedVideo(seed.url(), seed.service(), seed.videoId());
  }

  private static SeedVideo of(String url, VideoId id) {
    return new SeedVideo(url, id.service(), id.toString());
  }
}
