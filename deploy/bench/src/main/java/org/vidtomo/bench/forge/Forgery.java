package org.vidtomo.bench.forge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import org.vidtomo.bench.BenchAgents;
import org.vidtomo.bench.forge.Draft.Sent;
import org.vidtomo.core.network.NetworkTicket;
import org.vidtomo.core.trust.KeyCertificate;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.wire.Wire;

/** A way to have stored what was not measured, and what must be said of it. */
enum Forgery {
  UNSIGNED("not signed", f -> Alter.headers(f.draft().sentBy(f.own), h -> h.clear())),
  WITHOUT_SIGNATURE(
      "not signed",
      f -> Alter.headers(f.draft().sentBy(f.own), h -> h.remove(SignedMessage.SIGNATURE_HEADER))),
  WITHOUT_KEY(
      "not signed",
      f -> Alter.headers(f.draft().sentBy(f.own), h -> h.remove(SignedMessage.KEY_ID_HEADER))),
  STRANGERS_KEY("no enrolled agent has", f -> f.draft().sentBy(f.stranger)),
  STRANGER_UNDER_OWN_KEY(
      "does not fit",
      f ->
          Alter.headers(
              f.draft().sentBy(f.stranger),
              h -> h.put(SignedMessage.KEY_ID_HEADER, f.own.publicKey().id()))),
  REVOKED_AGENT("is revoked", f -> f.draft(f.gone, Forger.given()).sentBy(f.revoked)),
  CUT_SIGNATURE("does not fit", f -> Alter.signature(f.draft().sentBy(f.own), s -> cut(s, 63))),
  NO_BYTES_OF_SIGNATURE(
      "does not fit", f -> Alter.signature(f.draft().sentBy(f.own), s -> new byte[0])),
  ZERO_SIGNATURE("does not fit", f -> Alter.signature(f.draft().sentBy(f.own), s -> new byte[64])),
  MALLEABLE_SIGNATURE("does not fit", f -> Alter.signature(f.draft().sentBy(f.own), Alter::plusL)),
  NO_BASE64(
      "not base64url",
      f ->
          Alter.headers(
              f.draft().sentBy(f.own), h -> h.put(SignedMessage.SIGNATURE_HEADER, "=*="))),
  FLIPPED_BIT("does not fit", f -> Alter.body(f.draft().sentBy(f.own), b -> flipped(f, b))),
  LONGER_BODY(
      "does not fit",
      f -> Alter.body(f.draft().sentBy(f.own), b -> Arrays.copyOf(b, b.length + 1))),
  CUT_BODY("does not fit", f -> Alter.body(f.draft().sentBy(f.own), b -> cut(b, b.length / 2))),
  ALTERED_FIELD(
      "does not fit",
      f -> {
        Draft draft = f.draft();
        Sent sent = draft.sentBy(f.own);
        draft.json().put("elapsedMicros", f.random.nextInt());
        return new Sent(draft.body(), sent.headers());
      }),
  SIGNED_BEFORE_COMPRESSING(
      "does not fit",
      f -> {
        Draft draft = f.draft();
        return new Sent(draft.body(), Draft.sent(Wire.toBytes(draft.json()), f.own).headers());
      }),
  HEADERS_OF_ANOTHER_REPORT(
      "does not fit", f -> new Sent(f.draft().body(), f.draft().sentBy(f.own).headers())),
  ENCODING_EXCHANGED(
      "not a valid Report",
      f -> Alter.headers(f.draft().sentBy(f.own), h -> h.put("x-encoding", "identity"))),
  ENCODING_UNKNOWN(
      "x-encoding must be",
      f -> Alter.headers(f.draft().sentBy(f.own), h -> h.put("x-encoding", "br"))),
  REPLAY_OF_ANOTHER("sent by user", f -> f.seen.sentBy(f.victims)),
  SEEN_OF_ANOTHER("says it is of agent", f -> f.seen.sentBy(f.own)),
  NAME_OF_ANOTHER(
      "says it is of agent",
      f -> {
        Draft draft = f.draft();
        ((ObjectNode) draft.json().get("agent")).put("id", f.victim);
        return draft.sentBy(f.own);
      }),
  ASSIGNMENT_OF_ANOTHER(
      "its assignment is agent",
      f -> {
        Draft draft = f.draft(f.victim, Forger.given());
        ((ObjectNode) draft.json().get("agent")).put("id", f.agent);
        return draft.sentBy(f.own);
      }),
  NO_ASSIGNMENT(
      "answers no assignment",
      f -> {
        Draft draft = f.draft();
        draft.json().remove("assignment");
        return draft.sentBy(f.own);
      }),
  OTHER_ATTEMPT("differs from what", f -> f.embedded("attempt", "2")),
  LONGER_LEASE(
      "differs from what",
      f -> f.embedded("leaseUntil", Instant.now().plusSeconds(1_000_000).toString())),
  OTHER_SLOT("differs from what", f -> f.embedded("scheduledAt", Instant.EPOCH.toString())),
  OTHER_TASK("differs from what", f -> f.embedded("taskId", UUID.randomUUID().toString())),
  OTHER_CAMPAIGN("differs from what", f -> f.embedded("campaignId", UUID.randomUUID().toString())),
  OWN_ASSIGNMENT(
      "no coordinator has",
      f -> {
        Draft draft = f.draft();
        return draft.signed(Draft.token(draft.assignment(), f.own)).sentBy(f.own);
      }),
  ALTERED_ASSIGNMENT(
      "cannot be trusted",
      f -> {
        Draft draft = f.draft();
        String[] good = draft.embedded().get("signed").asText().split("\\.");
        String other = Draft.token(f.draft().assignment(), f.coordinator).split("\\.")[0];
        return draft.signed(other + "." + good[1] + "." + good[2]).sentBy(f.own);
      }),
  TICKET_AS_ASSIGNMENT(
      "cannot be trusted",
      f -> f.draft().signed(Draft.token(ticket(f), f.coordinator)).sentBy(f.own)),
  CERTIFICATE_AS_ASSIGNMENT(
      "cannot be trusted",
      f -> f.draft().signed(Draft.token(certificate(f), f.coordinator)).sentBy(f.own)),
  SECOND_ANSWER(
      "is answered already",
      f -> {
        ObjectNode another = f.answered.json().deepCopy();
        another.put("reportId", UUID.randomUUID().toString());
        return new Draft(f.answered.assignment(), another).sentBy(f.own);
      }),
  REPLAYED_LATE(
      "came too late", f -> f.draft(f.agent, Instant.now().minus(Forger.LONG_AGO)).sentBy(f.own)),
  BEFORE_ITS_TIME(
      "before its assignment",
      f -> f.draft(f.agent, Instant.now().plus(Duration.ofHours(1))).sentBy(f.own)),
  ATTEMPT_BEYOND_ALL(
      "is too high",
      f ->
          Draft.of(f.agent, UUID.randomUUID(), 500_000, Forger.given(), f.coordinator)
              .sentBy(f.own)),
  NO_GZIP("not whole gzip", f -> Draft.sent("{}".getBytes(StandardCharsets.UTF_8), f.own)),
  CUT_GZIP("not whole gzip", f -> Draft.sent(cut(f.draft().body(), 200), f.own)),
  BOMB("bytes of JSON", f -> Draft.sent(f.bomb(), f.own)),
  TOO_LARGE("over the 32768 allowed", f -> Draft.sent(new byte[40_000], f.own)),
  TWO_VALUES("not a valid Report", f -> Draft.sent(BenchAgents.gzip(f.twice()), f.own)),
  NOISE("not whole gzip", f -> Draft.sent(f.noise(), f.own));

  private final String reason;
  private final Function<Forger, Sent> made;

  Forgery(String reason, Function<Forger, Sent> made) {
    this.reason = reason;
    this.made = made;
  }

  /** What its reason holds. */
  String reason() {
    return reason;
  }

  Sent by(Forger forger) {
    return made.apply(forger);
  }

  private static byte[] cut(byte[] bytes, int length) {
    return Arrays.copyOf(bytes, length);
  }

  private static byte[] flipped(Forger forger, byte[] body) {
    byte[] changed = body.clone();
    changed[forger.random.nextInt(changed.length)] ^= (byte) (1 << forger.random.nextInt(8));
    return changed;
  }

  private static NetworkTicket ticket(Forger f) {
    return new NetworkTicket(
        f.agent,
        Optional.of("isp"),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Forger.given(),
        Forger.given().plusSeconds(600));
  }

  private static KeyCertificate certificate(Forger f) {
    return new KeyCertificate(
        KeyCertificate.COORDINATOR, f.own.publicKey().encoded(), Forger.given(), Forger.given());
  }
}
