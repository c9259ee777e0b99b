package org.vidtomo.testsite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vidtomo.testsite.layout.Isp;
import org.vidtomo.testsite.media.Catalogue;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;
import org.vidtomo.testsite.media.Video;

class TestSiteMediaTest {

  /** Fast lines, so that what is tested here is not the shaping. */
  private static final List<Isp> FAST =
      Isp.DEFAULTS.stream()
          .map(
              isp ->
                  new Isp(
                      isp.name(),
                      isp.label(),
                      isp.clientNetwork(),
                      400_000_000,
                      400_000_000,
                      Duration.ofMillis(2),
                      Duration.ZERO))
          .toList();

  private static TestSite site;

  @BeforeAll
  static void start() {
    site = TestSite.start(TestSiteSettings.defaults().withIsps(FAST));
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  private static Client client(int isp) {
    return Client.of(site.isps().get(isp), 0);
  }

  private static URI media(Client client, Video video) throws IOException {
    return PageMedia.of(client.get(site.seeds().get(video.number() - 1)));
  }

  static Stream<Video> sound() {
    return Catalogue.all().stream().filter(video -> !video.route().fails());
  }

  @ParameterizedTest
  @MethodSource("sound")
  void soundVideo_comesWholeOverTwoToThreeRedirects(Video video) throws IOException {
    List<Client.Answer> chain = client(0).follow(media(client(0), video));
    Client.Answer last = chain.get(chain.size() - 1);
    assertThat(chain).hasSizeBetween(3, 4);
    assertThat(chain.stream().map(a -> a.url().getHost()).distinct()).hasSizeGreaterThan(2);
    assertThat(last.status()).isEqualTo(200);
    assertThat(last.header("content-type")).isEqualTo(video.clip().contentType());
    assertThat(last.body()).isEqualTo(Clips.load().bytes(video.clip()).getBytes());
    assertThat(last.headers()).containsKeys("server", "via", "x-cache", "age", "etag");
    assertThat(last.url().getQuery()).contains("sig=", "ip=127.1.1.1", "expire=");
  }

  @Test
  void lastCache_isAnotherForEachIsp() throws IOException {
    for (Video video : sound().toList()) {
      List<String> caches = new java.util.ArrayList<>();
      for (int i = 0; i < 3; i++) {
        List<Client.Answer> chain = client(i).follow(media(client(i), video));
        caches.add(chain.get(chain.size() - 1).server().getAddress().getHostAddress());
      }
      assertThat(caches).as("caches of %s", video).doesNotHaveDuplicates();
    }
  }

  @Test
  void ladder_liesBesideItsManifestWithoutToken() throws IOException {
    Video ladder = Catalogue.all().get(16);
    List<Client.Answer> chain = client(0).follow(media(client(0), ladder));
    URI manifest = chain.get(chain.size() - 1).url();
    assertThat(client(0).get(manifest.resolve("media_2.m3u8")).text())
        .contains("chunk-2-00005.m4s");
    Client.Answer near = client(0).get(manifest.resolve("chunk-2-00001.m4s"));
    assertThat(near.status()).isEqualTo(200);
    assertThat(near.header("content-type")).isEqualTo("video/mp4");
    Client.Answer lacking = client(0).get(manifest.resolve("chunk-2-00003.m4s"));
    assertThat(lacking.status()).isEqualTo(307);
    assertThat(client(0).get(URI.create(lacking.header("location"))).status()).isEqualTo(200);
    assertThat(client(0).get(manifest.resolve("chunk-9-00001.m4s")).status()).isEqualTo(404);
  }

  @Test
  void relativeRoute_sendsARelativeLocation() throws IOException {
    Client.Answer first = client(0).get(media(client(0), Catalogue.all().get(2)));
    assertThat(first.header("location")).startsWith("/r/vt0003?");
  }

  @Test
  void everyPage_hasItsTitleAndFourToSixRelatedVideos() throws IOException {
    for (Video video : Catalogue.all()) {
      Client.Answer page = client(0).get(site.seeds().get(video.number() - 1));
      Document document = Jsoup.parse(page.text(), page.url().toString());
      assertThat(document.title()).isEqualTo(video.title());
      assertThat(document.select(".related a").eachAttr("abs:href"))
          .hasSizeBetween(4, 6)
          .doesNotContain(page.url().toString())
          .isSubsetOf(site.seeds().stream().map(URI::toString).toList());
    }
  }

  @Test
  void index_listsAllVideos() throws IOException {
    Document index = Jsoup.parse(client(0).get(site.index()).text());
    assertThat(index.select("li a")).hasSize(18);
  }

  @Test
  void range_givesThatPart() throws IOException {
    byte[] whole = Clips.load().bytes(Clip.LOW).getBytes();
    Client.Answer part = client(0).get(site.file(Clip.LOW), "Range: bytes=1000-1999");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("content-range")).isEqualTo("bytes 1000-1999/" + whole.length);
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(whole, 1000, 2000));
    Client.Answer beyond = client(0).get(site.file(Clip.LOW), "Range: bytes=99999999-");
    assertThat(beyond.status()).isEqualTo(416);
    assertThat(beyond.header("content-range")).isEqualTo("bytes */" + whole.length);
  }

  @Test
  void head_givesTheLengthAlone() throws IOException {
    Client.Answer head = client(0).send("HEAD", site.file(Clip.LOW));
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isEqualTo("875211");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void mediaUrl_servesOnlyTheClientItWasMadeFor() throws IOException {
    List<Client.Answer> chain = client(0).follow(media(client(0), Catalogue.all().get(0)));
    URI mine = chain.get(chain.size() - 1).url();
    assertThat(client(1).get(mine).status()).isEqualTo(403);
    URI forged = URI.create(mine.toString().replaceFirst("sig=.", "sig=x"));
    assertThat(client(0).get(forged).status()).isEqualTo(403);
    assertThat(client(0).get(mine).header("x-cache")).isEqualTo("HIT");
  }

  @Test
  void requestForAnotherHost_isMisdirected() throws IOException {
    URI wrong = URI.create("http://127.0.22.1:" + site.index().getPort() + "/");
    Client.Answer byAddress = client(0).get(wrong);
    assertThat(byAddress.status()).isEqualTo(404);
    Client elsewhere =
        new Client(
            InetAddress.getByName("127.1.1.1"),
            client(0).resolver(),
            List.of("www.vidtomo.test:" + wrong.getPort() + ":127.0.22.1:" + wrong.getPort()));
    assertThat(elsewhere.get(site.index()).status()).isEqualTo(421);
  }

  @Test
  void otherMethods_areNotAllowed() throws IOException {
    assertThat(client(0).send("DELETE", site.index()).status()).isEqualTo(405);
  }

  @Test
  void failingCaches_failEachInTheirWay() throws IOException {
    URI refusing = media(client(0), Catalogue.all().get(5));
    assertThatThrownBy(() -> client(0).follow(refusing)).isInstanceOf(ConnectException.class);
    Client.Answer cut = last(media(client(0), Catalogue.all().get(10)));
    assertThat(cut.status()).isEqualTo(200);
    assertThat(cut.body().length)
        .isEqualTo((int) Math.round(0.4 * Integer.parseInt(cut.header("content-length"))));
    assertThat(last(media(client(0), Catalogue.all().get(14))).status()).isEqualTo(503);
    URI resetting = media(client(0), Catalogue.all().get(15));
    assertThatThrownBy(() -> client(0).follow(resetting))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
  }

  private static Client.Answer last(URI url) throws IOException {
    List<Client.Answer> chain = client(0).follow(url);
    return chain.get(chain.size() - 1);
  }
}
