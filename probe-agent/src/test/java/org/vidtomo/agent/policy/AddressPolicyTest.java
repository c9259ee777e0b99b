package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.runtime.http.AddressBlock;
import org.vidtomo.runtime.http.TranslationPrefix;

class AddressPolicyTest {
  private final AddressPolicy strict = new AddressPolicy(false, List::of, Set::of);
  private final AddressPolicy forTestSites = new AddressPolicy(true, List::of, Set::of);

  @ParameterizedTest
  @CsvFileSource(resources = "/policy/addresses.csv")
  void address_isJudged(String text, String byDefault, String withPrivate)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByName(text);

    assertThat(judge(strict, address)).isEqualTo(byDefault);
    assertThat(judge(forTestSites, address)).isEqualTo(withPrivate);
  }

  @Test
  void mappedAddress_keptAsIpv6_isJudgedAsTheIpv4ItIs() throws UnknownHostException {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    bytes[12] = 10;
    InetAddress mapped = Inet6Address.getByAddress("host", bytes, 1);

    assertThat(mapped).isInstanceOf(Inet6Address.class);
    assertThat(judge(strict, mapped)).isEqualTo("refuse");
  }

  @Test
  void ownAddress_isRefused_alsoMapped() throws UnknownHostException {
    InetAddress own = InetAddress.getByName("5.6.7.8");
    AddressPolicy policy =
        new AddressPolicy(false, new LocalNetwork(() -> Set.of("5.6.7.8")), Set::of);

    assertThatThrownBy(() -> policy.check(own))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> assertThat(e.kind()).isEqualTo(FailureKind.PRIVATE_ADDRESS))
        .hasMessageContaining("own address, 5.6.7.8/32");
    assertThat(judge(policy, InetAddress.getByName("64:ff9b::5.6.7.8"))).isEqualTo("refuse");
    assertThat(judge(policy, InetAddress.getByName("5.6.7.9"))).isEqualTo("allow");
  }

  @Test
  void prefixOfAHome_isRefused() throws UnknownHostException {
    AddressPolicy policy =
        new AddressPolicy(
            false, new LocalNetwork(() -> Set.of("2a01:db8:7:9::5", "5.6.7.8")), Set::of);

    assertThat(judge(policy, InetAddress.getByName("2a01:db8:7:9:1234::1"))).isEqualTo("refuse");
    assertThat(judge(policy, InetAddress.getByName("2a01:db8:7:a::1"))).isEqualTo("allow");
    assertThat(judge(policy, InetAddress.getByName("5.6.7.8"))).as("both").isEqualTo("refuse");
  }

  @ParameterizedTest
  @CsvSource({
    "5.6.7.8, 24, 5.6.7.1, refuse",
    "5.6.7.8, 24, 5.6.8.1, allow",
    "5.6.7.8, 32, 5.6.7.9, allow",
    "5.6.7.8, 0, 5.6.7.9, allow",
    "2a01:7::5, 64, 2a01:7::9, refuse",
    "2a01:7::5, 128, 2a01:7::9, refuse",
    "2a01:7::5, 56, 2a01:7:0:99::9, refuse",
    "2a01:7::5, 64, 2a01:7:0:1::9, allow",
  })
  void neighbour_isRefused(String own, int prefixLength, String asked, String judged)
      throws UnknownHostException {
    AddressBlock link = LocalNetwork.link(InetAddress.getByName(own), prefixLength);
    AddressPolicy policy = new AddressPolicy(false, () -> List.of(link), Set::of);

    assertThat(judge(policy, InetAddress.getByName(asked))).isEqualTo(judged);
  }

  @Test
  void thisMachinesInterfaces_areItsOwn() {
    assertThat(new LocalNetwork(Set::of).get())
        .anyMatch(block -> block.contains(InetAddress.getLoopbackAddress().getAddress()));
  }

  @Test
  void machineThatCannotBeToldFromOthers_connectsToNone() throws UnknownHostException {
    AddressPolicy policy =
        new AddressPolicy(
            false,
            () -> {
              throw new IllegalStateException("no list of interfaces");
            },
            Set::of);

    assertThat(judge(policy, InetAddress.getByName("1.1.1.1"))).isEqualTo("refuse");
  }

  @ParameterizedTest
  @CsvSource({
    "2a01:9:c000:aa::, 2a01:9:a00:1::, refuse",
    "2a01:9:c000:aa::, 2a01:9:808:808::, allow",
    "2a01:9:1:aa00:c0:0:aa00::, 2a01:9:1:aa00:a:0:100::, refuse",
    "2a01:9:1:aa00:c0:0:aa00::, 2a01:9:1:aa00:8:808:800::, allow",
    "2a01:9:1:2:3:4:c000:ab, 2a01:9:1:2:3:4:c0a8:101, refuse",
    "2a01:9:1:2:3:4:c000:ab, 2a01:9:1:2:3:5:c0a8:101, allow",
    "2a01:9:1:2:3:4:c000:ab, 2a01:9:1:2:3:4:506:708, refuse",
    "2a01:9:1:2:3:4:8080:808, 2a01:9:1:2:3:4:c0a8:101, allow",
  })
  void addressBehindTheNetworksTranslator_isJudgedAsTheIpv4ItLeadsTo(
      String told, String asked, String judged) throws UnknownHostException {
    Set<TranslationPrefix> prefixes =
        TranslationPrefix.toldBy(InetAddress.getByName(told).getAddress());
    AddressPolicy policy =
        new AddressPolicy(false, new LocalNetwork(() -> Set.of("5.6.7.8")), () -> prefixes);

    assertThat(judge(policy, InetAddress.getByName(asked))).isEqualTo(judged);
  }

  @Test
  void whereTranslatorsAreIsNotKnown_ipv6IsNotConnectedTo() throws UnknownHostException {
    AddressPolicy policy =
        new AddressPolicy(
            false,
            List::of,
            () -> {
              throw new IllegalStateException("no answer");
            });

    assertThat(judge(policy, InetAddress.getByName("2a01:9::1"))).isEqualTo("refuse");
    assertThat(judge(policy, InetAddress.getByName("1.1.1.1"))).isEqualTo("allow");
  }

  @Test
  void refusal_saysWhatReportsMayHold_beside() {
    assertThatThrownBy(() -> strict.check(InetAddress.getByName("192.168.7.9")))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(e.failure("connect").detail())
                    .doesNotContain("192", "1918")
                    .contains("--allow-private"));
  }

  @Test
  void refusal_saysWhyAndWhatToDo() {
    assertThatThrownBy(() -> strict.check(InetAddress.getByName("192.168.1.1")))
        .hasMessageContaining("192.168.0.0/16")
        .hasMessageContaining("--allow-private");
    assertThatThrownBy(() -> strict.check(InetAddress.getByName("224.0.0.1")))
        .hasMessageNotContaining("--allow-private");
  }

  @Test
  void anyAddress_getsAnAnswer() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[i % 2 == 0 ? 4 : 16];
      random.nextBytes(bytes);
      assertThatCode(() -> judge(strict, InetAddress.getByAddress(bytes)))
          .doesNotThrowAnyException();
    }
  }

  private static String judge(AddressPolicy policy, InetAddress address) {
    try {
      policy.check(address);
      return "allow";
    } catch (RefusedException e) {
      return "refuse";
    }
  }
}
