package org.vidtomo.bench.forge;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.vidtomo.bench.BenchAgents;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.storage.Store;

/** What a forger has: keys of agents of its own, their assignments, and what it saw of others. */
final class Forger {
  static final Duration LONG_AGO = Duration.ofDays(9);

  final SigningKey coordinator = SigningKey.generate();
  final SigningKey own = SigningKey.generate();
  final SigningKey victims = SigningKey.generate();
  final SigningKey revoked = SigningKey.generate();
  final SigningKey stranger = SigningKey.generate();
  final String agent = "a-" + UUID.randomUUID();
  final String victim = "a-" + UUID.randomUUID();
  final String gone = "a-" + UUID.randomUUID();
  final Random random = new Random(10);

  private final byte[] bomb = BenchAgents.gzip(new byte[8 << 20]);

  /** Its own report that was taken, and the victim's. */
  final Draft answered;

  final Draft seen;

  Forger() {
    answered = Draft.of(agent, UUID.randomUUID(), 1, given(), coordinator);
    seen = Draft.of(victim, UUID.randomUUID(), 1, given(), coordinator);
  }

  /** When its assignments are given out. */
  static Instant given() {
    return Instant.now().minusSeconds(60);
  }

  /** Has agents and coordinator known to a store. */
  void enrol(Store store) {
    BenchAgents.coordinator(store, coordinator);
    BenchAgents.enrol(store, agent, own, "isp", given());
    BenchAgents.enrol(store, victim, victims, "isp", given());
    BenchAgents.enrol(store, gone, revoked, "isp", given());
    store.agents().revoke(gone, given());
  }

  /** A good report of its own. */
  Draft draft() {
    return draft(agent, given());
  }

  Draft draft(String of, Instant given) {
    return Draft.of(of, UUID.randomUUID(), 1, given, coordinator);
  }

  /** A report that says something else of its assignment than the coordinator signed. */
  Draft.Sent embedded(String field, String value) {
    Draft draft = draft();
    if (field.equals("attempt")) {
      draft.embedded().put(field, Integer.parseInt(value));
    } else {
      draft.embedded().put(field, value);
    }
    return draft.sentBy(own);
  }

  /** Little that becomes much. */
  byte[] bomb() {
    return bomb;
  }

  byte[] noise() {
    byte[] noise = new byte[200];
    random.nextBytes(noise);
    return noise;
  }

  /** A good report with another behind it. */
  byte[] twice() {
    byte[] json = Wire.toBytes(draft().json());
    byte[] twice = Arrays.copyOf(json, 2 * json.length);
    System.arraycopy(json, 0, twice, json.length, json.length);
    return twice;
  }
}
