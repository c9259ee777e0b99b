package org.vidtomo.aggregator.ingest;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.vidtomo.core.trust.TrustException;
import org.vidtomo.core.trust.VerifyingKey;
import org.vidtomo.storage.AgentStore;
import org.vidtomo.storage.EnrolledAgent;
import org.vidtomo.storage.KeyStore;

/** Keys of agents and coordinators, kept for so long that a revocation counts within a minute. */
public final class KnownKeys {
  private static final Duration KEPT = Duration.ofSeconds(30);

  /** An unknown key is asked for again sooner: its agent may have enrolled just now. */
  private static final Duration UNKNOWN_KEPT = Duration.ofSeconds(2);

  private static final int MOST = 50_000;

  private final Cache<Agent> agents;
  private final Cache<VerifyingKey> coordinators;

  /** An enrolled agent and its key. */
  record Agent(EnrolledAgent enrolled, VerifyingKey key) {}

  /** Nothing is looked up yet; the root is the one that the coordinator wrote to the store. */
  public KnownKeys(AgentStore agentStore, KeyStore keyStore, Clock clock) {
    this(agentStore, keyStore, CoordinatorTrust.now(keyStore, Optional.empty(), clock), clock);
  }

  /**
   * Nothing is looked up yet.
   *
   * @param trust what coordinators' keys must be certified by
   */
  public KnownKeys(AgentStore agentStore, KeyStore keyStore, CoordinatorTrust trust, Clock clock) {
    agents = new Cache<>(id -> agentStore.findByKey(id).flatMap(KnownKeys::agent), clock);
    coordinators = new Cache<>(id -> keyStore.find(id).flatMap(trust::key), clock);
  }

  Optional<Agent> agent(String keyId) {
    return agents.get(keyId);
  }

  /** A coordinator's key, by its id. */
  public Optional<VerifyingKey> coordinator(String keyId) {
    return coordinators.get(keyId);
  }

  private static Optional<Agent> agent(EnrolledAgent enrolled) {
    return key(enrolled.publicKey()).map(key -> new Agent(enrolled, key));
  }

  private static Optional<VerifyingKey> key(String encoded) {
    try {
      return Optional.of(VerifyingKey.decode(encoded));
    } catch (TrustException e) {
      return Optional.empty();
    }
  }

  /** Bounded; the ones looked up longest ago go first. */
  private static final class Cache<V> {
    private final Function<String, Optional<V>> source;
    private final Clock clock;
    private final Map<String, Kept<V>> kept = new LinkedHashMap<>();

    private record Kept<V>(Optional<V> value, Instant until) {}

    Cache(Function<String, Optional<V>> source, Clock clock) {
      this.source = requireNonNull(source, "source");
      this.clock = requireNonNull(clock, "clock");
    }

    Optional<V> get(String id) {
      Instant now = clock.instant();
      synchronized (kept) {
        Kept<V> known = kept.get(id);
        if (known != null && now.isBefore(known.until())) {
          return known.value();
        }
      }
      Optional<V> value = source.apply(id);
      synchronized (kept) {
        kept.remove(id);
        kept.put(id, new Kept<>(value, now.plus(value.isPresent() ? KEPT : UNKNOWN_KEPT)));
        if (kept.size() > MOST) {
          kept.remove(kept.keySet().iterator().next());
        }
      }
      return value;
    }
  }
}
