package org.vidtomo.testsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class TestSiteDnsTest {

  private static final String MEDIA = "media.cdn.vidtomo.test";

  private static TestSite site;

  @BeforeAll
  static void start() {
    site = TestSite.start(TestSiteSettings.defaults());
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static Client client(int isp) {
    return Client.of(site.isps().get(isp), 0);
  }

  @Test
  void systemResolvers_leadEachIspToAnotherCache() throws IOException {
    List<List<String>> answers = new java.util.ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(client(i).addresses(MEDIA, client(i).resolver()));
    }
    assertThat(answers)
        .containsExactly(List.of("127.0.22.1"), List.of("127.0.22.2"), List.of("127.0.22.3"));
  }

  @Test
  void systemResolver_answersForItsIspWhoeverAsks() throws IOException {
    InetSocketAddress second = site.isps().get(1).systemResolver();
    assertThat(client(0).addresses(MEDIA, second)).containsExactly("127.0.22.2");
  }

  @Test
  void firstPublicResolver_tellsClientsApart() throws IOException {
    InetSocketAddress aware = site.publicResolvers().get(0);
    assertThat(client(0).addresses(MEDIA, aware)).containsExactly("127.0.22.1");
    assertThat(client(2).addresses(MEDIA, aware)).containsExactly("127.0.22.3");
  }

  @Test
  void secondPublicResolver_leadsEveryoneFarAway() throws IOException {
    InetSocketAddress far = site.publicResolvers().get(1);
    assertThat(client(0).addresses(MEDIA, far)).containsExactly("127.0.22.4");
    assertThat(client(2).addresses(MEDIA, far)).containsExactly("127.0.22.4");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void mediaName_isAChainOfTwoAliases(boolean tcp) throws IOException {
    Message answer = client(0).lookup(MEDIA, Type.A, client(0).resolver(), tcp);
    List<Record> records = answer.getSection(Section.ANSWER);
    assertThat(records).extracting(Record::getType).containsExactly(Type.CNAME, Type.CNAME, Type.A);
    assertThat(records).extracting(Record::getTTL).containsExactly(60L, 20L, 20L);
    assertThat(records.get(2).getName()).hasToString("cache-par1.cdn.vidtomo.test.");
  }

  @Test
  void redirectorName_hasTwoAddressesThatTakeTurns() throws IOException {
    List<String> first = client(0).addresses("go.vidtomo.test", client(0).resolver());
    List<String> second = client(0).addresses("go.vidtomo.test", client(0).resolver());
    assertThat(first).containsExactlyInAnyOrder("127.0.21.1", "127.0.21.2");
    assertThat(second).hasSize(2).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere.vidtomo.test", "example.org"})
  void otherNames_doNotExist(String host) throws IOException {
    Message answer = client(0).lookup(host, Type.A, client(0).resolver(), false);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(answer.getSection(Section.AUTHORITY)).hasSize(1);
  }

  @Test
  void ipv6Addresses_areNone() throws IOException {
    Message answer = client(0).lookup("www.vidtomo.test", Type.AAAA, client(0).resolver(), false);
    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
  }

  @Test
  void failingNames_failInTheirWays() throws IOException {
    Message broken = client(0).lookup("servfail.vidtomo.test", Type.A, client(0).resolver(), false);
    assertThat(broken.getRcode()).isEqualTo(Rcode.SERVFAIL);
    SimpleResolver silent = new SimpleResolver(client(0).resolver());
    silent.setTimeout(Duration.ofMillis(300));
    Name name = Name.fromString("timeout.vidtomo.test.");
    assertThatThrownBy(
            () -> silent.send(Message.newQuery(Record.newRecord(name, Type.A, DClass.IN))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("imed out");
  }

  @Test
  void answers_takeTheRoundTripOfTheIsp() throws IOException {
    client(2).addresses(MEDIA, client(2).resolver());
    long start = System.nanoTime();
    client(2).addresses(MEDIA, client(2).resolver());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(70), Duration.ofSeconds(1));
  }

  @Test
  void strangerOnLoopback_countsAsNoIspsCustomer() throws IOException {
    Client stranger =
        new Client(InetAddress.getByName("127.0.0.1"), site.publicResolvers().get(0), List.of());
    assertThat(stranger.addresses(MEDIA, stranger.resolver())).containsExactly("127.0.22.4");
  }
}
