package org.vidtomo.agent.manifest;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A video as its manifest describes it.
 *
 * @param live absent for recorded media, and for HLS as long as no media playlist was read
 * @param durationMicros absent when the manifest does not say
 * @param periods by rising start
 */
public record Presentation(Optional<Live> live, OptionalLong durationMicros, List<Period> periods) {

  /**
   * How a live presentation goes on.
   *
   * @param refreshMicros how long the manifest stays as it is, at least; absent when it does not
   *     change
   * @param delayMicros how far behind the edge players are told to stay
   * @param serverMicros Unix time at the server, as the manifest says
   * @param location where newer versions are
   */
  public record Live(
      OptionalLong refreshMicros,
      OptionalLong delayMicros,
      OptionalLong serverMicros,
      Optional<URI> location) {
    public Live {
      requireNonNull(refreshMicros, "refreshMicros");
      requireNonNull(delayMicros, "delayMicros");
      requireNonNull(serverMicros, "serverMicros");
      requireNonNull(location, "location");
    }
  }

  public Presentation {
    requireNonNull(live, "live");
    requireNonNull(durationMicros, "durationMicros");
    periods = List.copyOf(periods);
  }
}
