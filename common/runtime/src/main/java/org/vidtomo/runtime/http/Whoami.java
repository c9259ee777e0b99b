package org.vidtomo.runtime.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.vidtomo.core.network.KeptAddresses;

/**
 * What a coordinator says of this machine ({@code GET /api/v1/whoami}), and how far the two clocks
 * are apart.
 *
 * @param address that the call came from
 * @param prefix the /24 or /48 around it
 * @param ticket the coordinator's signed word for the network, for enrolled agents
 * @param scope what the caller's token allows, when it sent one that is known there
 * @param clockOffset this machine's clock minus the coordinator's
 * @param roundTrip of the call that the offset comes from; it is exact to half of that
 * @param asn of the address, if the coordinator knows it; {@code asName} likewise
 * @param keep what the installation keeps of the address
 */
public record Whoami(
    String address,
    String prefix,
    Optional<String> ticket,
    Optional<String> scope,
    Duration clockOffset,
    Duration roundTrip,
    OptionalLong asn,
    Optional<String> asName,
    KeptAddresses keep) {
  static final String PATH = "/api/v1/whoami";

  public Whoami {
    requireNonNull(address, "address");
    requireNonNull(prefix, "prefix");
    requireNonNull(ticket, "ticket");
    requireNonNull(scope, "scope");
    requireNonNull(asn, "asn");
    requireNonNull(asName, "asName");
    requireNonNull(keep, "keep");
  }

  /** The answer on the wire. */
  private record Answer(
      String address,
      String prefix,
      Instant at,
      Optional<String> ticket,
      Optional<String> scope,
      OptionalLong asn,
      Optional<String> asName,
      Optional<KeptAddresses> keep) {
    Answer {
      requireNonNull(address, "address");
      requireNonNull(prefix, "prefix");
      requireNonNull(at, "at");
    }
  }

  /**
   * Asks a few times and goes by the quickest answer: the less time it was under way, the less the
   * offset can be wrong.
   *
   * @param times 1 to 10
   * @param ticker nanoseconds of the monotonic clock
   * @throws JsonHttpException when one call fails
   */
  public static Whoami ask(JsonHttp coordinator, int times, Clock clock, LongSupplier ticker)
      throws JsonHttpException, InterruptedException {
    if (times < 1 || times > 10) {
      throw new IllegalArgumentException("times must be 1 to 10, is " + times);
    }
    Stream.Builder<Whoami> answers = Stream.builder();
    for (int i = 0; i < times; i++) {
      answers.add(ask(coordinator, clock, ticker));
    }
    return answers.build().min(Comparator.comparing(Whoami::roundTrip)).orElseThrow();
  }

  private static Whoami ask(JsonHttp coordinator, Clock clock, LongSupplier ticker)
      throws JsonHttpException, InterruptedException {
    Instant asked = clock.instant();
    long askedNanos = ticker.getAsLong();
    Answer answer = coordinator.get(PATH, Answer.class);
    Duration roundTrip = Duration.ofNanos(ticker.getAsLong() - askedNanos);
    // The coordinator read its clock about half-way, as NTP takes it (RFC 5905 §8).
    Instant halfWay = asked.plus(roundTrip.dividedBy(2));
    return new Whoami(
        answer.address(),
        answer.prefix(),
        answer.ticket(),
        answer.scope(),
        Duration.between(answer.at(), halfWay),
        roundTrip,
        answer.asn(),
        answer.asName(),
        // One that does not say it is of a version that keeps all.
        answer.keep().orElse(KeptAddresses.WHOLE));
  }
}
