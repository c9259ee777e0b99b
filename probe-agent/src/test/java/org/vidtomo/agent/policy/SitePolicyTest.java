package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.agent.http.UrlGuard.Use;

class SitePolicyTest {
  private static final Set<Integer> PORTS = Set.of(80, 443, 8080);
  private final SitePolicy listed =
      new SitePolicy(Set.of("video.example", "10.1.2.3"), false, PORTS, false);

  @ParameterizedTest
  @CsvSource({
    "https://video.example/watch,PAGE,ok",
    "https://www.VIDEO.example./watch,PAGE,ok",
    "http://a.b.video.example:8080/,PAGE,ok",
    "http://10.1.2.3/,PAGE,ok",
    "https://notvideo.example/,PAGE,site_not_allowed",
    "https://video.example.evil.test/,PAGE,site_not_allowed",
    "https://example/,PAGE,site_not_allowed",
    "https://cdn.test/media,PAGE,site_not_allowed",
    "https://cdn.test/media,FOLLOWED,ok",
    "https://cdn.test:22/media,FOLLOWED,port_not_allowed",
    "https://video.example:25/,PAGE,port_not_allowed",
    "ftp://video.example/,PAGE,site_not_allowed",
    "file:///etc/passwd,FOLLOWED,site_not_allowed",
    "mailto:x@video.example,PAGE,site_not_allowed"
  })
  void url_isJudged(URI url, Use use, String expected) {
    assertThat(judge(listed, url, use)).isEqualTo(expected);
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
