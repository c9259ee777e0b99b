package org.vidtomo.dashboard.compare;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Which measurements take part; what is absent does not restrict.
 *
 * @param service such as {@code youtube}
 * @param country ISO 3166-1 alpha-2
 * @param asn of the agent
 * @param family {@code ipv4} or {@code ipv6}
 * @param technology of the access: {@code fibre}, {@code cable} …
 * @param provider the agent's ISP
 * @param agent its id
 * @param video canonical, {@code service:id}
 * @param cache the host that served the media
 * @param from scheduled at or after
 * @param to scheduled before
 */
public record Filter(
    Optional<UUID> campaign,
    Optional<String> service,
    Optional<String> country,
    OptionalLong asn,
    Optional<String> family,
    Optional<String> technology,
    Optional<String> provider,
    Optional<String> agent,
    Optional<String> video,
    Optional<String> cache,
    Optional<Instant> from,
    Optional<Instant> to) {
  public static final Filter NONE = of(Optional.empty(), Optional.empty(), Optional.empty());

  public Filter {
    requireNonNull(campaign, "campaign");
    requireNonNull(asn, "asn");
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      throw new IllegalArgumentException("from must be before to: " + from.get() + ", " + to.get());
    }
  }

  /** Whether it leaves anything out but by time. */
  public boolean restricts() {
    return !equals(between(from, to));
  }

  /** All that is scheduled in a time; what is absent does not restrict. */
  public static Filter between(Optional<Instant> from, Optional<Instant> to) {
    return of(Optional.empty(), from, to);
  }

  /** Only what one campaign measured. */
  public static Filter ofCampaign(UUID campaign) {
    return of(Optional.of(campaign), Optional.empty(), Optional.empty());
  }

  private static Filter of(Optional<UUID> campaign, Optional<Instant> from, Optional<Instant> to) {
    return new Filter(
        campaign,
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        from,
        to);
  }
}
