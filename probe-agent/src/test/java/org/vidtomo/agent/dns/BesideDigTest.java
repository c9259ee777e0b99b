package org.vidtomo.agent.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.task.AddressFamily;
import org.vidtomo.testkit.Dnsmasq;

/** The same names at the same real server, by this instrument and by dig. */
class BesideDigTest {
  private static final Pattern RECORD =
      Pattern.compile("(?m)^(\\S+)\\s+(\\d+)\\s+IN\\s+(A|AAAA|CNAME)\\s+(\\S+)$");
  private static final Pattern STATUS = Pattern.compile("status: ([A-Z]+)");
  private static final int MANY = 120;

  @TempDir static Path folder;
  private static Dnsmasq server;

  @BeforeAll
  static void start() {
    List<String> hosts = new ArrayList<>();
    hosts.add("192.0.2.1 www.example.org");
    hosts.add("192.0.2.2 www.example.org");
    hosts.add("2001:db8::1 www.example.org");
    hosts.add("2001:db8::6 six.example.org");
    // More than a datagram holds: the answer comes over TCP.
    for (int i = 1; i <= MANY; i++) {
      hosts.add("198.51.100." + i + " many.example.org");
    }
    server =
        Dnsmasq.start(
            folder,
            "example.org",
            hosts,
            "--local-ttl=77",
            "--cname=alias.example.org,second.example.org,300",
            "--cname=second.example.org,www.example.org,30");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Dig(String status, Set<DnsAddress> addresses, List<String> cnames) {
    static Dig ask(String name) throws IOException, InterruptedException {
      String both = run(name, "A") + run(name, "AAAA");
      List<DnsAddress> addresses = new ArrayList<>();
      List<String> cnames = new ArrayList<>();
      Matcher record = RECORD.matcher(both);
      while (record.find()) {
        String data = record.group(4);
        if (!record.group(3).equals("CNAME")) {
          addresses.add(new DnsAddress(data, Long.parseLong(record.group(2))));
        } else if (!cnames.contains(data.replaceFirst("\\.$", ""))) {
          cnames.add(data.replaceFirst("\\.$", ""));
        }
      }
      Matcher status = STATUS.matcher(both);
      assertThat(status.find()).as(both).isTrue();
      return new Dig(status.group(1), Set.copyOf(addresses), cnames);
    }

    private static String run(String name, String type) throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder("dig", "@127.0.0.1", "-p", "" + server.port(), "+tries=1", name, type)
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      return output;
    }
  }

  private static DnsLookup ours(String name) {
    return new Resolvers(
            AddressGuard.ALL, Optional.empty(), Optional.empty(), true, System::nanoTime)
        .compare(
            List.of(name),
            List.of("127.0.0.1:" + server.port()),
            AddressFamily.AUTO,
            Set.of(),
            Deadline.after(System::nanoTime, Duration.ofSeconds(20)))
        .get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"www.example.org", "alias.example.org", "six.example.org", "WWW.Example.ORG"})
  void answers_areDigs(String name) throws IOException, InterruptedException {
    Dig dig = Dig.ask(name);
    DnsLookup ours = ours(name);
    assertThat(dig.addresses()).isNotEmpty();
    assertThat(ours.addresses()).containsExactlyInAnyOrderElementsOf(dig.addresses());
    assertThat(ours.cnames()).isEqualTo(dig.cnames());
    assertThat(ours.failure()).isEmpty();
  }

  @Test
  void answerBeyondADatagram_comesOverTcpAsDigs() throws IOException, InterruptedException {
    Dig dig = Dig.ask("many.example.org");
    DnsLookup ours = ours("many.example.org");
    assertThat(dig.addresses()).hasSize(MANY);
    // A report keeps the first 64.
    assertThat(ours.addresses()).hasSize(64).isSubsetOf(dig.addresses());
  }

  @Test
  void nameThatIsNot_isNxdomainForBoth() throws IOException, InterruptedException {
    assertThat(Dig.ask("none.example.org").status().toLowerCase(Locale.ROOT)).isEqualTo("nxdomain");
    assertThat(ours("none.example.org").failure().map(f -> f.kind()))
        .contains(FailureKind.DNS_NXDOMAIN);
  }
}
