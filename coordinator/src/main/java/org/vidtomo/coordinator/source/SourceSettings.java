package org.vidtomo.coordinator.source;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import org.vidtomo.runtime.settings.Settings;

/**
 * How lists of videos are read.
 *
 * @param videos of each list at the most
 * @param authorities PEM file of those to trust, in place of the system's
 * @param server where all services are, for tests: names are still those of the URLs
 */
public record SourceSettings(
    int videos, Optional<Path> authorities, Optional<InetSocketAddress> server) {
  public static final SourceSettings DEFAULTS =
      new SourceSettings(100, Optional.empty(), Optional.empty());

  private static final int HTTPS = 443;

  public SourceSettings {
    requireNonNull(authorities, "authorities");
    requireNonNull(server, "server");
    if (videos < 1) {
      throw new IllegalArgumentException("videos of a list must be >= 1, are " + videos);
    }
  }

  /** From {@code coordinator.listing.…}. */
  public static SourceSettings from(Settings settings) {
    return new SourceSettings(
        settings.integer("coordinator.listing.videos", DEFAULTS.videos(), 1, 1_000),
        settings.path("coordinator.listing.ca"),
        settings.address("coordinator.listing.server", HTTPS));
  }
}
