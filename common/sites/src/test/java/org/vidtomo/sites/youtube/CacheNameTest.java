package org.vidtomo.sites.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheNameTest {
  @ParameterizedTest
  @CsvSource({
    "rr4---sn-25ge7nzk.googlevideo.com,4,sn-25ge7nzk,par",
    "r1---sn-p5qlsnd6.googlevideo.com,1,sn-p5qlsnd6,iad",
    "RR12---SN-4G5EDNKS.GOOGLEVIDEO.COM,12,sn-4g5ednks,fra",
    "r3---sn-ab5szn7e.c.youtube.com,3,sn-ab5szn7e,lga",
    "r7---par03s02.c.youtube.com,7,par03s02,par",
    "o-o---preferred---r5---sn-25glenlr.googlevideo.com,5,sn-25glenlr,par"
  })
  void cacheOfGoogle_nodeSiteAndAirport(String host, int node, String site, String airport) {
    CacheName name = CacheName.of(host).orElseThrow();
    assertThat(name.node()).isEqualTo(node);
    assertThat(name.site()).isEqualTo(site);
    assertThat(name.airport()).contains(airport);
  }

  @Test
  void cacheWithinAProvider_hasASiteButNoAirport() {
    CacheName name = CacheName.of("rr3---sn-u125g5-5i.googlevideo.com").orElseThrow();
    assertThat(name.site()).isEqualTo("sn-u125g5-5i");
    assertThat(name.airport()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "manifest.googlevideo.com",
        "redirector.googlevideo.com",
        "www.youtube.com",
        "r4---sn-25ge7nzk.example.org",
        "r4---sn-25ge7nzk.googlevideo.com.example.org",
        "rr99999---sn-25ge7nzk.googlevideo.com",
        ""
      })
  void otherHost_isNone(String host) {
    assertThat(CacheName.of(host)).isEmpty();
  }
}
