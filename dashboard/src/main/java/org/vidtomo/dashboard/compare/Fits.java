package org.vidtomo.dashboard.compare;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.vidtomo.storage.Measurement;

/** Whether a measurement passes a filter. */
public record Fits(Filter filter) implements Predicate<Measurement> {
  @Override
  public boolean test(Measurement m) {
    Instant slot = m.scheduledAt();
    return allows(filter.campaign(), m.campaignId())
        && allows(filter.service(), Optional.of(m.service()))
        && allows(filter.country(), m.country())
        && (filter.asn().isEmpty() || filter.asn().equals(m.asn()))
        && allows(filter.family(), Optional.of(m.addressFamily()))
        && allows(filter.technology(), m.technology())
        && allows(filter.provider(), m.provider())
        && allows(filter.agent(), Optional.of(m.agentId()))
        && allows(filter.video(), Optional.of(m.videoId()))
        && allows(filter.cache(), m.cacheHost())
        && (filter.from().isEmpty() || !slot.isBefore(filter.from().get()))
        && (filter.to().isEmpty() || slot.isBefore(filter.to().get()));
  }

  private static <T> boolean allows(Optional<T> wanted, Optional<T> found) {
    return wanted.isEmpty() || wanted.equals(found);
  }
}
