package org.vidtomo.dashboard.index;

import java.util.Optional;
import org.vidtomo.dashboard.compare.Filter;

/**
 * What a filter may ask of a measurement, times aside. A set of them is a number, a bit for each.
 */
enum Restriction {
  COUNTRY,
  ASN,
  FAMILY,
  TECHNOLOGY,
  PROVIDER,
  AGENT,
  CAMPAIGN,
  SERVICE,
  VIDEO,
  CACHE;

  static final int COUNT = values().length;

  /** This one alone, or none. */
  int bit(boolean missed) {
    return missed ? 1 << ordinal() : 0;
  }

  /** Which of them a line does not meet. */
  static int missedBy(Line line, Filter filter) {
    return COUNTRY.missed(filter.country(), line.country())
        | ASN.bit(filter.asn().isPresent() && !filter.asn().equals(line.asn()))
        | FAMILY.missed(filter.family(), Optional.of(line.family()))
        | TECHNOLOGY.missed(filter.technology(), line.technology())
        | PROVIDER.missed(filter.provider(), line.provider())
        | AGENT.missed(filter.agent(), Optional.of(line.agent()));
  }

  /** Which of them an origin does not meet. */
  static int missedBy(Origin origin, Filter filter) {
    return CAMPAIGN.missed(filter.campaign(), origin.campaign())
        | SERVICE.missed(filter.service(), Optional.of(origin.service()));
  }

  /** Which of them a cache does not meet. */
  static int missedBy(CacheHost cache, Filter filter) {
    return CACHE.missed(filter.cache(), Optional.of(cache.host()));
  }

  private <T> int missed(Optional<T> wanted, Optional<T> found) {
    return bit(wanted.isPresent() && !wanted.equals(found));
  }
}
