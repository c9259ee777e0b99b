package org.vidtomo.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Names;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.network.AddressNetworks;
import org.vidtomo.agent.network.NetworkLookup;
import org.vidtomo.core.network.Literals;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ResolversTest {
  private static final String ZONE =
      """
      www.example.org. 300 IN CNAME edge.example.net.
      edge.example.net. 60 IN CNAME a.edge.example.net.
      a.edge.example.net. 20 IN A 192.0.2.1
      a.edge.example.net. 20 IN A 192.0.2.2
      a.edge.example.net. 20 IN AAAA 2001:db8::1
      other.example.org. 5 IN A 192.0.2.9
      0.8.8.8.origin.asn.cymru.com. 60 IN TXT "15169 | 8.8.8.0/24 " "| US | arin | 2023-12-28"
      AS15169.asn.cymru.com. 60 IN TXT "15169 | US | arin | 2000-03-30 | GOOGLE, US"
      """;

  private static Resolvers resolvers(AddressGuard guard, InetSocketAddress system) {
    return new Resolvers(guard, Optional.empty(), Optional.of(system), true, System::nanoTime);
  }

  private static Deadline deadline() {
    return Deadline.after(System::nanoTime, Duration.ofSeconds(20));
  }

  private static List<DnsLookup> compare(List<String> hosts, DnsServerForTests... servers) {
    return resolvers(AddressGuard.ALL, servers[0].address())
        .compare(
            hosts,
            java.util.Arrays.stream(servers).map(DnsServerForTests::name).toList(),
            AddressFamily.AUTO,
            Set.of(),
            deadline());
  }

  @Test
  void host_addressesTtlsAndAliasesInOrder() throws IOException {
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, false, ZONE)) {
      DnsLookup lookup = compare(List.of("www.example.org"), server).get(0);
      assertThat(lookup.failure()).isEmpty();
      assertThat(lookup.addresses())
          .containsExactly(
              new DnsAddress("192.0.2.1", 20),
              new DnsAddress("192.0.2.2", 20),
              new DnsAddress("2001:db8::1", 20));
      assertThat(lookup.cnames()).containsExactly("edge.example.net", "a.edge.example.net");
      assertThat(lookup.elapsedMicros()).isPositive();
    }
  }

  @Test
  void truncatedAnswer_isAskedForOverTcp() throws IOException {
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, true, ZONE)) {
      DnsLookup lookup = compare(List.of("other.example.org"), server).get(0);
      assertThat(lookup.addresses()).containsExactly(new DnsAddress("192.0.2.9", 5));
      assertThat(server.tcpQueries.get()).isPositive();
    }
  }

  @Test
  void refusals_areFailuresOfTheirKind() throws IOException {
    for (var expected :
        List.of(
            java.util.Map.entry(Rcode.NXDOMAIN, FailureKind.DNS_NXDOMAIN),
            java.util.Map.entry(Rcode.SERVFAIL, FailureKind.DNS_SERVFAIL),
            java.util.Map.entry(Rcode.REFUSED, FailureKind.DNS_REFUSED),
            java.util.Map.entry(Rcode.NOERROR, FailureKind.DNS_NO_ADDRESS))) {
      try (DnsServerForTests server = new DnsServerForTests(expected.getKey(), false, ZONE)) {
        DnsLookup lookup = compare(List.of("missing.example.org"), server).get(0);
        assertThat(lookup.failure().map(f -> f.kind())).contains(expected.getValue());
      }
    }
  }

  @Test
  void deadResolver_costsItsTimeOutOnceAndHindersNoOther() throws IOException {
    try (DnsServerForTests dead = new DnsServerForTests(-1, false, ZONE);
        DnsServerForTests live = new DnsServerForTests(Rcode.NOERROR, false, ZONE)) {
      List<String> hosts = List.of("www.example.org", "other.example.org", "third.example.org");
      long start = System.nanoTime();
      List<DnsLookup> lookups = compare(hosts, dead, live);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(lookups).hasSize(6);
      assertThat(lookups.subList(0, 3))
          .allMatch(l -> l.failure().orElseThrow().kind() == FailureKind.DNS_TIMEOUT);
      assertThat(lookups.get(1).elapsedMicros()).isZero();
      assertThat(lookups.get(3).addresses()).isNotEmpty();
    }
  }

  @Test
  void silentSystemResolver_costsOneTimeOutInAMeasurement() throws IOException {
    try (DnsServerForTests dead = new DnsServerForTests(-1, false, ZONE)) {
      Resolvers resolvers = resolvers(AddressGuard.ALL, dead.address());
      SystemNames names = resolvers.names(AddressFamily.AUTO);
      assertThatThrownBy(() -> names.resolve("www.example.org", deadline()))
          .isInstanceOf(Names.NameException.class);
      int asked = dead.udpQueries.get();
      assertThatThrownBy(() -> names.resolve("other.example.org", deadline()))
          .isInstanceOf(Names.NameException.class);
      assertThat(names.silent()).isTrue();
      List<DnsLookup> lookups =
          resolvers.compare(
              List.of("www.example.org"),
              List.of("system"),
              AddressFamily.AUTO,
              Set.of("system"),
              deadline());
      assertThat(lookups.get(0).failure().map(f -> f.kind())).contains(FailureKind.DNS_TIMEOUT);
      assertThat(dead.udpQueries.get()).isEqualTo(asked);
    }
  }

  @Test
  void resolverThatIsSilentForOneType_stillGivesTheOther() throws IOException {
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, false, ZONE)) {
      server.silentFor = Type.AAAA;
      DnsLookup lookup = compare(List.of("other.example.org"), server).get(0);
      assertThat(lookup.addresses()).containsExactly(new DnsAddress("192.0.2.9", 5));
      assertThat(lookup.failure()).isEmpty();
    }
  }

  @Test
  void guardedResolver_isNotAsked() throws IOException {
    AddressGuard none =
        address -> {
          throw new RefusedException(FailureKind.PRIVATE_ADDRESS, "not public");
        };
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, false, ZONE)) {
      List<DnsLookup> lookups =
          resolvers(none, server.address())
              .compare(
                  List.of("other.example.org"),
                  List.of(server.name(), "system"),
                  AddressFamily.AUTO,
                  Set.of(),
                  deadline());
      assertThat(lookups.get(0).failure().map(f -> f.kind())).contains(FailureKind.PRIVATE_ADDRESS);
      assertThat(lookups.get(1).failure()).as("the machine's own may be private").isEmpty();
      assertThat(server.udpQueries.get()).isEqualTo(2);
    }
  }

  @Test
  void name_isAskedOnceInAMeasurement() throws IOException, Names.NameException {
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, false, ZONE)) {
      SystemNames names = resolvers(AddressGuard.ALL, server.address()).names(AddressFamily.IPV4);
      assertThat(names.resolve("WWW.example.org", deadline()).addresses()).hasSize(2);
      assertThat(names.resolve("www.example.org", deadline()).micros()).isZero();
      assertThat(server.udpQueries.get()).isEqualTo(1);
    }
  }

  @Test
  void literalsAndLocalhost_askNoOne() throws IOException, Names.NameException {
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, false, ZONE)) {
      SystemNames names = resolvers(AddressGuard.ALL, server.address()).names(AddressFamily.AUTO);
      assertThat(names.resolve("localhost", deadline()).addresses().get(0).getHostAddress())
          .isEqualTo("127.0.0.1");
      assertThat(names.resolve("2001:db8::7", deadline()).addresses()).hasSize(1);
      assertThatThrownBy(
              () ->
                  resolvers(AddressGuard.ALL, server.address())
                      .names(AddressFamily.IPV6)
                      .resolve("192.0.2.1", deadline()))
          .isInstanceOf(Names.NameException.class);
      assertThat(server.udpQueries.get()).isZero();
    }
  }

  @Test
  void hostsFile_namesAndAliases(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(file, "# note\n192.0.2.5  one.example One\n::5 one.example # v6\nbad line\n");
    assertThat(HostsFile.lookup(file, "one.example")).hasSize(2);
    assertThat(HostsFile.lookup(file, "one")).hasSize(1);
    assertThat(HostsFile.lookup(file, "note")).isEmpty();
    assertThat(HostsFile.lookup(folder.resolve("none"), "one")).isEmpty();
  }

  @Test
  void literals_onlyRealAddresses() {
    assertThat(Literals.parse("999.1.1.1")).isEmpty();
    assertThat(Literals.parse("127.1")).isEmpty();
    assertThat(Literals.parse("example.org")).isEmpty();
    assertThat(Literals.parse("::ffff:192.0.2.1")).isPresent();
  }

  @Test
  void aliasesThatGoInCircles_end() throws IOException {
    String circle =
        """
        a.example.org. 60 IN CNAME b.example.org.
        b.example.org. 60 IN CNAME c.example.org.
        c.example.org. 60 IN CNAME b.example.org.
        """;
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NOERROR, false, circle)) {
      DnsLookup lookup = compare(List.of("a.example.org"), server).get(0);
      assertThat(lookup.cnames()).containsExactly("b.example.org", "c.example.org");
      assertThat(lookup.failure().map(f -> f.kind())).contains(FailureKind.DNS_NO_ADDRESS);
    }
  }

  @Test
  void answerOfThousands_isCut() throws IOException {
    StringBuilder zone = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      zone.append("big.example.org. 60 IN A 192.0.%d.%d\n".formatted(i / 250, i % 250));
    }
    StringBuilder chain = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      chain.append("c%d.example.org. 60 IN CNAME c%d.example.org.\n".formatted(i, i + 1));
    }
    try (DnsServerForTests server =
        new DnsServerForTests(Rcode.NOERROR, true, zone.toString() + chain)) {
      List<DnsLookup> lookups = compare(List.of("big.example.org", "c0.example.org"), server);
      assertThat(lookups.get(0).addresses()).hasSizeBetween(1, 64);
      assertThat(lookups.get(1).cnames()).hasSizeBetween(1, 64);
    }
  }

  @Test
  void texts_areThoseOfTheSystemsResolver_andTellTheNetworkOfAnAddress() throws Exception {
    try (DnsServerForTests server = new DnsServerForTests(Rcode.NXDOMAIN, false, ZONE)) {
      Resolvers resolvers = resolvers(AddressGuard.ALL, server.address());
      AddressNetworks networks =
          new AddressNetworks(NetworkLookup.DEFAULTS, resolvers::texts, System::nanoTime);
      Network network =
          networks.find(Literals.parse("8.8.8.8").orElseThrow(), deadline()).orElseThrow();
      assertThat(network.asn()).isEqualTo(15169);
      assertThat(network.prefix()).isEqualTo("8.8.8.0/24");
      assertThat(networks.name(network, deadline())).contains("GOOGLE");
      assertThat(networks.find(Literals.parse("9.9.9.9").orElseThrow(), deadline())).isEmpty();
    }
  }

  @Test
  void textsOfAResolverThatIsSilentOrFails_areAnError() throws Exception {
    for (int rcode : new int[] {-1, Rcode.SERVFAIL}) {
      try (DnsServerForTests server = new DnsServerForTests(rcode, false, ZONE)) {
        Resolvers resolvers = resolvers(AddressGuard.ALL, server.address());
        assertThatThrownBy(
                () ->
                    resolvers.texts(
                        "missing.example.org",
                        Deadline.after(System::nanoTime, Duration.ofMillis(500))))
            .isInstanceOf(IOException.class);
      }
    }
  }
}
