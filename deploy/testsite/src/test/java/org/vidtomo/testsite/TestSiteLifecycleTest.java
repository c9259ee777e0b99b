package org.vidtomo.testsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.vidtomo.testsite.TestSiteSettings.Addressing;
import org.vidtomo.testsite.media.Catalogue;

class TestSiteLifecycleTest {

  private static final TestSiteSettings PORTS =
      TestSiteSettings.defaults().withAddressing(Addressing.PORTS);

  @Test
  void twoSites_runSideBySide() {
    try (TestSite one = TestSite.start(TestSiteSettings.defaults());
        TestSite other = TestSite.start(TestSiteSettings.defaults())) {
      assertThat(one.index()).isNotEqualTo(other.index());
    }
  }

  @Test
  void takenPort_isAnErrorThatSaysSo() {
    try (TestSite one = TestSite.start(TestSiteSettings.defaults())) {
      TestSiteSettings same = TestSiteSettings.defaults().withPorts(one.index().getPort(), 0);
      assertThatThrownBy(() -> TestSite.start(same))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port");
    }
  }

  @Test
  void close_leavesNothingListeningAndNoThread() {
    TestSite site = TestSite.start(TestSiteSettings.defaults());
    int http = site.index().getPort();
    InetSocketAddress dns = site.publicResolvers().get(0);
    site.close();
    site.close();
    for (String address : List.of("127.0.20.1", "127.0.21.11", "127.0.22.1", "127.0.22.13")) {
      assertThatCode(() -> new ServerSocket(http, 1, InetAddress.getByName(address)).close())
          .doesNotThrowAnyException();
    }
    assertThatCode(() -> new DatagramSocket(dns).close()).doesNotThrowAnyException();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().startsWith("vert.x-eventloop")));
  }

  @Test
  void withPortsForAddresses_eachIspStillHasItsCache() throws IOException {
    try (TestSite site = TestSite.start(PORTS)) {
      assertThat(site.portsStandIn()).isTrue();
      List<String> caches = new java.util.ArrayList<>();
      for (IspView isp : site.isps()) {
        Client client = Client.of(isp, 0);
        Client.Answer page = client.get(site.seeds().get(1));
        List<Client.Answer> chain = client.follow(PageMedia.of(page));
        Client.Answer last = chain.get(chain.size() - 1);
        assertThat(last.body()).hasSize(875_211);
        assertThat(last.server().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        caches.add(last.header("via"));
      }
      assertThat(caches).doesNotHaveDuplicates().hasSize(3);
    }
  }

  @Test
  void withPortsForAddresses_failingCachesStillFail() {
    try (TestSite site = TestSite.start(PORTS)) {
      Client client = Client.of(site.isps().get(0), 0);
      assertThatThrownBy(() -> client.follow(PageMedia.of(client.get(site.seeds().get(5)))))
          .isInstanceOf(java.net.ConnectException.class);
    }
  }

  @Test
  void description_namesEveryIspAndSaysWhenPortsStandIn() {
    try (TestSite site = TestSite.start(PORTS)) {
      assertThat(site.describe())
          .contains("Fibrelink", "Cabletide", "Copperline", "stand in", "--connect-to");
      assertThat(site.seeds()).hasSize(Catalogue.all().size());
    }
  }
}
