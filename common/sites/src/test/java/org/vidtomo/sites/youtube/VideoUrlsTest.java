package org.vidtomo.sites.youtube;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.VideoId;

class VideoUrlsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.youtube.com/watch?v=QRS8MkLhQmM",
        "http://youtube.com/watch?feature=share&v=QRS8MkLhQmM&t=10s#x",
        "https://m.youtube.com/watch?v=QRS8MkLhQmM&list=PL1",
        "https://music.youtube.com/watch?v=QRS8MkLhQmM",
        "https://youtu.be/QRS8MkLhQmM?si=abc",
        "https://www.youtube.com/shorts/QRS8MkLhQmM",
        "https://www.youtube.com/embed/QRS8MkLhQmM?autoplay=1",
        "https://www.youtube-nocookie.com/embed/QRS8MkLhQmM",
        "https://www.youtube.com/live/QRS8MkLhQmM?feature=share",
        "https://www.youtube.com/v/QRS8MkLhQmM",
        "https://www.youtube.com/attribution_link?a=x&u=%2Fwatch%3Fv%3DQRS8MkLhQmM%26feature%3Dshare",
        "HTTPS://WWW.YOUTUBE.COM:443/watch?v=QRS8MkLhQmM"
      })
  void formsOfOneVideo_haveOneId(String url) {
    assertThat(Sites.known().identify(url)).contains(new VideoId("youtube", "QRS8MkLhQmM"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.youtube.com/@name/live,@name/live",
    "https://www.youtube.com/channel/UC4R8DWoMoI7CAwX8_LjQHig/live,"
        + "channel/UC4R8DWoMoI7CAwX8_LjQHig/live"
  })
  void whatAChannelShowsLive_isNamedByTheChannel(String url, String id) {
    assertThat(Sites.known().identify(url)).contains(new VideoId("youtube", id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/embed/live_stream?channel=UC1",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/@name",
        "https://youtu.be/",
        "https://notyoutube.com/watch?v=QRS8MkLhQmM",
        "https://www.youtube.com.example.org/watch?v=QRS8MkLhQmM"
      })
  void otherUrls_areNoVideos(String url) {
    assertThat(Sites.known().identify(url).orElseThrow().service()).isEqualTo("page");
  }
}
