package org.vidtomo.coordinator.enrol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.core.memory.BoundedMaps;
import org.vidtomo.core.network.NetworkPrefix;
import org.vidtomo.core.trust.Sha256;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.runtime.http.SpecialAddresses;
import org.vidtomo.storage.AgentOrigin;
import org.vidtomo.storage.StandingStore;

/**
 * Notes which agents share an address or a prefix, as keyed hashes: of a crowd in one place only
 * some count in comparisons. Thread-safe.
 */
public final class Lines {
  private static final Logger LOG = LoggerFactory.getLogger(Lines.class);
  private static final int REMEMBERED = 50_000;
  private static final int HASH_BYTES = 12;

  /** Agents ask every few hours and report more often; what is stored lives for 30 days. */
  private static final Duration STORED_AGAIN = Duration.ofDays(1);

  private final StandingStore store;
  private final SigningKey key;
  private final Clock clock;
  private final Map<String, Noted> noted = BoundedMaps.byUse(REMEMBERED);

  private record Noted(AgentOrigin origin, Instant stored) {}

  /**
   * Nothing is known yet.
   *
   * @param key whoever does not have it cannot tell an address by its hash. One that signs nothing
   *     else, so that it can stay when those that do are changed: with another all seem to have
   *     moved
   */
  public Lines(StandingStore store, SigningKey key, Clock clock) {
    this.store = requireNonNull(store, "store");
    this.key = requireNonNull(key, "key");
    this.clock = requireNonNull(clock, "clock");
  }

  /** Takes over what is stored, so that who was there first stays so. */
  public void load() {
    synchronized (noted) {
      store
          .origins()
          .forEach(origin -> noted.put(origin.agentId(), new Noted(origin, Instant.MIN)));
    }
  }

  /** An agent asked from an address. Notes in the background, and does not throw. */
  public void seen(String agentId, InetAddress address) {
    // Beside the coordinator, or in its own network: an address that says nothing of the line.
    if (SpecialAddresses.find(address.getAddress()).isPresent()) {
      return;
    }
    Instant now = clock.instant();
    String of = hash("address " + address.getHostAddress());
    String prefix = hash("prefix " + NetworkPrefix.of(address));
    AgentOrigin origin;
    synchronized (noted) {
      Noted before = noted.get(agentId);
      boolean same =
          before != null
              && before.origin().address().equals(of)
              && before.origin().prefix().equals(prefix);
      if (same && now.isBefore(later(before.stored()))) {
        return;
      }
      // Who moves, as lines with changing addresses do every night, stays as old as it was.
      origin =
          before == null
              ? new AgentOrigin(agentId, of, prefix, now, Optional.empty())
              : new AgentOrigin(
                  agentId, of, prefix, before.origin().since(), before.origin().reportedAt());
      noted.put(agentId, new Noted(origin, now));
    }
    store(origin);
  }

  /** An agent measured something. Notes in the background, and does not throw. */
  public void reported(String agentId) {
    Instant now = clock.instant();
    AgentOrigin origin;
    synchronized (noted) {
      Noted before = noted.get(agentId);
      if (before == null
          || before.origin().reportedAt().filter(at -> isKept(at, now)).isPresent()) {
        return;
      }
      origin = reportedAt(before.origin(), now);
      noted.put(agentId, new Noted(origin, now));
    }
    store(origin);
  }

  /** An agent was revoked: others need not make room for it. */
  public void gone(String agentId) {
    AgentOrigin origin;
    synchronized (noted) {
      Noted before = noted.get(agentId);
      if (before == null) {
        return;
      }
      origin = reportedAt(before.origin(), AgentOrigin.GONE);
      noted.put(agentId, new Noted(origin, clock.instant()));
    }
    store(origin);
  }

  /** What a revoked one sent before comes late. */
  private static boolean isKept(Instant reportedAt, Instant now) {
    return reportedAt.equals(AgentOrigin.GONE) || now.isBefore(later(reportedAt));
  }

  private static AgentOrigin reportedAt(AgentOrigin origin, Instant at) {
    return new AgentOrigin(
        origin.agentId(), origin.address(), origin.prefix(), origin.since(), Optional.of(at));
  }

  private void store(AgentOrigin origin) {
    store
        .put(origin)
        .whenComplete(
            (done, error) -> {
              if (error != null) {
                LOG.warn(
                    "Where an agent is was not stored: agent={} error=\"{}\"",
                    origin.agentId(),
                    error.getMessage());
              }
            });
  }

  private static Instant later(Instant stored) {
    return stored.equals(Instant.MIN) ? stored : stored.plus(STORED_AGAIN);
  }

  /** Signatures of Ed25519 are the same each time, and nobody else makes them. */
  private String hash(String text) {
    byte[] secret = key.sign(("vidtomo line " + text).getBytes(UTF_8));
    return HexFormat.of().formatHex(Sha256.of(secret), 0, HASH_BYTES);
  }
}
