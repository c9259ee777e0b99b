package org.vidtomo.testsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TestSiteFaultsTest {

  private static TestSite site;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    site = TestSite.start(TestSiteSettings.defaults());
    client =
        new Client(InetAddress.getByName("127.0.0.1"), site.publicResolvers().get(0), List.of());
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static List<Client.Answer> follow(String kind) throws IOException {
    return client.follow(site.fault(kind));
  }

  @Test
  void loop_comesBackToWhereItBegan() throws IOException {
    List<Client.Answer> answers = follow("loop");
    assertThat(answers.get(2).url()).isEqualTo(answers.get(0).url());
  }

  @Test
  void manyRedirects_neverRepeat() throws IOException {
    assertThat(follow("many-redirects")).extracting(Client.Answer::url).doesNotHaveDuplicates();
    assertThat(follow("many-redirects")).allMatch(Client.Answer::redirects);
  }

  @Test
  void statuses_areAsNamed() throws IOException {
    assertThat(client.get(site.fault("404")).status()).isEqualTo(404);
    assertThat(client.get(site.fault("503")).status()).isEqualTo(503);
  }

  @Test
  void truncatedBody_endsEarly() throws IOException {
    Client.Answer answer = client.get(site.fault("truncated"));
    assertThat(answer.body().length).isLessThan(Integer.parseInt(answer.header("content-length")));
  }

  @Test
  void refusedAndReset_failAtTheNextHop() {
    assertThatThrownBy(() -> follow("refused")).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> follow("reset")).isInstanceOf(SocketException.class);
  }

  @Test
  void hangUp_answersNothing() {
    assertThatThrownBy(() -> follow("hang-up")).isInstanceOf(EOFException.class);
  }

  @Test
  void slowHeaders_keepTheClientWaiting() throws IOException {
    URI url = URI.create(site.fault("slow-headers") + "?seconds=100");
    try (Socket socket = client.open(url, "GET")) {
      socket.setSoTimeout(400);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void stalledBody_stopsAfterItsStart() throws IOException {
    Client.Answer answer = client.get(URI.create(site.fault("stalled-body") + "?seconds=1"));
    assertThat(answer.body()).hasSize(65_536);
  }

  @Test
  void faultPage_linksMediaThatFails() throws IOException {
    Client.Answer page = client.get(site.faultPage("404"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(PageMedia.of(page)).isEqualTo(site.fault("404"));
  }

  @Test
  void pageWithoutMedia_hasNone() throws IOException {
    assertThat(client.get(site.fault("no-media")).text()).doesNotContain("<video", "og:video");
  }

  @Test
  void everyKind_canBeAsked() {
    assertThat(site.faultKinds())
        .contains("loop", "many-redirects", "slow-headers", "truncated", "reset", "404")
        .allSatisfy(kind -> assertThat(site.fault(kind).getPath()).isEqualTo("/fault/" + kind));
    assertThatThrownBy(() -> site.fault("no-such-kind"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
