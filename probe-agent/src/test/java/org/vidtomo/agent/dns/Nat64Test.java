package org.vidtomo.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.runtime.http.TranslationPrefix;
import org.xbill.DNS.Rcode;

class Nat64Test {
  private static final String TOLD =
      """
      ipv4only.arpa. 0 IN AAAA 2a01:9::c000:aa
      ipv4only.arpa. 0 IN AAAA 2a01:9::c000:ab
      ipv4only.arpa. 0 IN AAAA 2a01:7:c000:aa::
      """;

  private final AtomicLong now = new AtomicLong();

  private Nat64 nat64(DnsServerForTests server) {
    return new Nat64(
        new Resolvers(
            AddressGuard.ALL,
            Optional.empty(),
            Optional.of(server.address()),
            false,
            System::nanoTime),
        () -> now.get() + System.nanoTime());
  }

  @Test
  void prefixes_areWhatTheResolverTells_onceAnHour() throws IOException {
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, false, TOLD)) {
      Nat64 nat64 = nat64(server);

      assertThat(nat64.get())
          .containsExactlyInAnyOrder(
              new TranslationPrefix(96, "2a0100090000000000000000"),
              new TranslationPrefix(32, "2a010007"));
      nat64.get();
      assertThat(server.udpQueries).hasValue(1);
      now.addAndGet(Nat64.FRESH.toNanos());
      nat64.get();
      assertThat(server.udpQueries).hasValue(2);
    }
  }

  @Test
  void networkWithoutTranslator_hasNone() throws IOException {
    for (int rcode : new int[] {Rcode.NOERROR, Rcode.NXDOMAIN, Rcode.SERVFAIL, Rcode.REFUSED}) {
      try (DnsServerForTests server = new DnsServerForTests(rcode, false, "")) {
        assertThat(nat64(server).get()).isEmpty();
      }
    }
  }

  @Test
  void silentResolver_leavesItUnknown_andIsAskedAgainInAMinute() throws IOException {
    try (DnsServerForTests server = new DnsServerForTests(-1, false, "")) {
      Nat64 nat64 = nat64(server);

      assertThatThrownBy(nat64::get).isInstanceOf(IllegalStateException.class);
      int asked = server.udpQueries.get();
      assertThatThrownBy(nat64::get).isInstanceOf(IllegalStateException.class);
      assertThat(server.udpQueries).hasValue(asked);
      now.addAndGet(Nat64.AGAIN.toNanos());
      assertThatThrownBy(nat64::get).isInstanceOf(IllegalStateException.class);
      assertThat(server.udpQueries.get()).isGreaterThan(asked);
    }
  }
}
