package org.vidtomo.sites;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** All services that are known; the last ones take what no other does. */
public final class Sites {
  private static final Sites KNOWN = new Sites(List.of(new FileSite(), new PageSite()));

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
   * @return empty when it is no http or https URL
   */
  public Optional<VideoId> identify(String url) {
    return Urls.http(url).flatMap(this::identify);
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
   * A channel, a playlist, a user, a search … as a list of videos.
   *
   * @param url absolute, http or https
   * @return empty when it is no list of a known service
   */
  public Optional<Listing> listing(URI url) {
    return sites.stream().flatMap(site -> site.listing(url).stream()).findFirst();
  }
}
