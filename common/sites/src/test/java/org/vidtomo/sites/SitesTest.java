package org.vidtomo.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.task.TimeFrame;

class SitesTest {
  @Test
  void popularOfDailymotion_byTimeFrame() {
    for (TimeFrame frame : TimeFrame.values()) {
      String wish = frame == TimeFrame.ALL_TIME ? "visited" : "visited-" + frame.wireName();
      assertThat(Sites.known().popular("dailymotion", frame).first().url().getQuery())
          .contains("sort=" + wish + "&");
    }
  }

  @Test
  void popularOfYouTube_saysWhatToDoInstead() {
    assertThatThrownBy(() -> Sites.known().popular("youtube", TimeFrame.WEEK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("closed")
        .hasMessageContaining("playlist")
        .hasMessageContaining("channel");
  }

  @Test
  void popularOfAnotherService_saysWhichAreKnown() {
    assertThatThrownBy(() -> Sites.known().popular("vimeo", TimeFrame.WEEK))
        .hasMessageContaining("dailymotion")
        .hasMessageContaining("vimeo");
  }

  @Test
  void ordinaryPage_isNoList() {
    assertThat(Sites.known().listing(URI.create("https://www.example.org/@name"))).isEmpty();
  }
}
