package org.vidtomo.agent.dns;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.runtime.http.TranslationPrefix;

/**
 * The prefixes behind which this network translates IPv6 to IPv4, as its resolver tells them (RFC
 * 7050). Asked when they are wanted and an hour old. Thread-safe.
 */
public final class Nat64 implements Supplier<Set<TranslationPrefix>> {
  static final String NAME = "ipv4only.arpa";
  static final Duration FRESH = Duration.ofHours(1);
  static final Duration AGAIN = Duration.ofMinutes(1);

  private static final Duration LIMIT = Duration.ofSeconds(4);

  private final Resolvers resolvers;
  private final LongSupplier ticker;
  private Optional<Set<TranslationPrefix>> known = Optional.empty();
  private Optional<Long> askAt = Optional.empty();

  /** Asks nobody yet. */
  public Nat64(Resolvers resolvers, LongSupplier ticker) {
    this.resolvers = requireNonNull(resolvers, "resolvers");
    this.ticker = requireNonNull(ticker, "ticker");
  }

  /**
   * The network's prefixes; mostly none. Blocks for some seconds when the resolver is silent.
   *
   * @throws IllegalStateException when the resolver has never said
   */
  @Override
  public synchronized Set<TranslationPrefix> get() {
    if (askAt.isEmpty() || ticker.getAsLong() - askAt.get() >= 0) {
      ask();
    }
    return known.orElseThrow(
        () -> new IllegalStateException("the resolver does not say where IPv6 leads to IPv4"));
  }

  private void ask() {
    Optional<DnsAnswer> answer =
        resolvers.askSystem(NAME, AddressFamily.IPV6, Deadline.after(ticker, LIMIT));
    // Without a resolver there is none that makes such addresses.
    boolean told = answer.flatMap(DnsAnswer::failure).map(f -> isAnAnswer(f.kind())).orElse(true);
    if (told) {
      Set<TranslationPrefix> prefixes = new LinkedHashSet<>();
      answer.stream()
          .flatMap(a -> a.records().stream())
          .forEach(r -> prefixes.addAll(TranslationPrefix.toldBy(r.address().getAddress())));
      known = Optional.of(Set.copyOf(prefixes));
    }
    askAt = Optional.of(ticker.getAsLong() + (told ? FRESH : AGAIN).toNanos());
  }

  /** The resolver spoke, and of no address. */
  private static boolean isAnAnswer(FailureKind kind) {
    return switch (kind) {
      case DNS_NXDOMAIN, DNS_NO_ADDRESS, DNS_SERVFAIL, DNS_REFUSED, DNS_MALFORMED -> true;
      default -> false;
    };
  }
}
