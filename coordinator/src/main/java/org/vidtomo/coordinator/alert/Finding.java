package org.vidtomo.coordinator.alert;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.UUID;

/**
 * Something wrong at one moment.
 *
 * @param subject what it is about: a campaign's id, a provider, a queue. With the kind it tells one
 *     alert from another
 * @param campaigns that suffer from it
 * @param detail why, as far as is known: one line for a person
 */
public record Finding(AlertKind kind, String subject, Set<UUID> campaigns, String detail) {
  public Finding {
    requireNonNull(kind, "kind");
    requireNonNull(subject, "subject");
    campaigns = Set.copyOf(campaigns);
    requireNonNull(detail, "detail");
  }
}
