package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard.Use;

class SitePolicyTest {
  private static final Set<Integer> PORTS = Set.of(80, 443, 8080);
  private final SitePolicy listed =
      new SitePolicy(Set.of("video.example.org", "10.1.2.3"), false, PORTS, false);

  @ParameterizedTest
  @CsvSource({
    "https://video.example.org/watch,PAGE,ok",
    "https://www.VIDEO.example.org./watch,PAGE,ok",
    "http://a.b.video.example.org:8080/,PAGE,ok",
    "http://10.1.2.3/,PAGE,ok",
    "https://notvideo.example.org/,PAGE,site_not_allowed",
    "https://video.example.org.evil.net/,PAGE,site_not_allowed",
    "https://example.org/,PAGE,site_not_allowed",
    "https://cdn.example.net/media,PAGE,site_not_allowed",
    "https://cdn.example.net/media,FOLLOWED,ok",
    "https://cdn.example.net:22/media,FOLLOWED,port_not_allowed",
    "https://video.example.org:25/,PAGE,port_not_allowed",
    "ftp://video.example.org/,PAGE,site_not_allowed",
    "file:///etc/passwd,FOLLOWED,site_not_allowed",
    "mailto:x@video.example.org,PAGE,site_not_allowed"
  })
  void url_isJudged(URI url, Use use, String expected) {
    assertThat(judge(listed, url, use)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://nas/",
        "http://NAS.lan/",
        "http://printer.local./",
        "http://localhost:8080/",
        "http://a.localhost/",
        "http://router.home.arpa/",
        "http://vault.internal/",
        "http://x.onion/",
        "http://x.test/",
        "http://x.invalid/",
        "http://x.example/",
        "http://1.168.192.in-addr.arpa/",
        "http://wiki.corp/",
        "http://tv.home/",
        "http://db.intranet/"
      })
  void nameOfNoPublicServer_isRefused_butWhereTestSitesAreAllowed(URI url) {
    SitePolicy open = new SitePolicy(Set.of(), true, PORTS, true);

    assertThat(judge(listed, url, Use.FOLLOWED)).isEqualTo("private_address");
    assertThat(judge(open, url, Use.FOLLOWED)).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0x7f000001",
        "017700000001",
        "127.0.0.0x1",
        "1.2.3.4.5",
        "256.1.1.1",
        "10.0.0.1.",
        "a.0x",
        "a.08"
      })
  void numberThatIsNoAddress_isNoNameEither(String host) {
    assertThat(NamePolicy.isPublic(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"video.example.org", "a.b.c.de", "1and1.com", "x0.0xyz", "10.0.0.1", "fe80::1%1"})
  void hostThatMayBePublic_passes(String host) {
    assertThat(NamePolicy.isPublic(host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://other.test/,ok",
    "http://other.test:22/,ok",
    "ftp://other.test/,site_not_allowed"
  })
  void ownerWhoAllowsAll_stillGetsHttpOnly(URI url, String expected) {
    SitePolicy all = new SitePolicy(Set.of(), true, Set.of(), true);

    assertThat(judge(all, url, Use.PAGE)).isEqualTo(expected);
  }

  private static String judge(SitePolicy policy, URI url, Use use) {
    try {
      policy.check(url, use);
      return "ok";
    } catch (RefusedException e) {
      return e.kind().wireName();
    }
  }
}
