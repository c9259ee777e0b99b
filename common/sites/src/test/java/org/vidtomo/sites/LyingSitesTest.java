package org.vidtomo.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Answers with ids, numbers and lists that nobody can mean. */
class LyingSitesTest {
  private final List<URI> asked = new ArrayList<>();

  private Page walk(String url, String json) {
    URI page = URI.create(url);
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return Walk.of(
        Sites.known().of(page),
        page,
        request -> {
          asked.add(request.url());
          return new Document(request.url(), 200, Optional.of("application/json"), body, true);
        });
  }

  @Test
  void peerTube_numbersWithoutMeasure_areNotKnown() {
    Page page =
        walk(
            "https://tube.example/w/d2a5ec78-5f85-4090-8ec5-dc1102e022ea",
            "{\"uuid\":\"d2a5ec78-5f85-4090-8ec5-dc1102e022ea\",\"duration\":9223372036854775807,"
                + "\"files\":[{\"fileUrl\":\"https://tube.example/v.mp4\",\"width\":-7,\"size\":-1,"
                + "\"resolution\":{\"id\":2147483647}}],\"tags\":["
                + ("\"" + "t".repeat(5000) + "\",").repeat(500)
                + "\"\"]}");
    assertThat(page.durationMicros()).isEmpty();
    MediaLink file = page.media().get(0);
    assertThat(file.width()).isEmpty();
    assertThat(file.height()).isEmpty();
    assertThat(file.contentLength()).isEmpty();
    assertThat(file.bitrateBps()).isEmpty();
    assertThat(asked).allMatch(url -> url.toString().length() < 1000);
  }

  @Test
  void peerTube_idThatIsNone_isNotTaken() {
    Page page =
        walk(
            "https://tube.example/w/d2a5ec78-5f85-4090-8ec5-dc1102e022ea",
            "{\"uuid\":\"" + "x\\n".repeat(100_000) + "\",\"files\":[{\"fileUrl\":\"/v.mp4\"}]}");
    assertThat(page.id().map(VideoId::id)).isNotPresent();
  }

  @Test
  void mediaCcc_nameAndLengthThatAreNone_areNotTaken() {
    Page page =
        walk(
            "https://media.ccc.de/v/talk-1",
            "{\"slug\":\"talk\\u0000/../2\",\"duration\":9223372036854775807,\"recordings\":[{"
                + "\"mime_type\":\"video/mp4\",\"recording_url\":\"https://cdn.example/t.mp4\","
                + "\"width\":1e300,\"height\":-3}]}");
    assertThat(page.media()).hasSize(1);
    assertThat(page.id()).isEmpty();
    assertThat(page.durationMicros()).isEmpty();
    assertThat(page.media().get(0).width()).isEmpty();
    assertThat(page.media().get(0).height()).isEmpty();
  }

  @Test
  void quality_heightsThatAreLies_winNothing() {
    URI url = URI.create("https://h.example/v.mp4");
    MediaLink lie =
        MediaLink.of(url, Optional.empty(), OptionalInt.of(16), OptionalInt.of(Integer.MAX_VALUE));
    MediaLink plain = MediaLink.of(url, Optional.empty(), OptionalInt.of(640), OptionalInt.of(360));
    for (String quality : List.of("best", "worst", "best<=1080p", "720p")) {
      assertThat(Quality.parse(quality).choose(List.of(lie, plain))).as(quality).contains(plain);
    }
  }

  @Test
  void youTube_channelWithSignsThatUrlsDoNotHave_isAskedFor() {
    walk("https://www.youtube.com/@a%20%3Cb%3E%25/live", "{}");
    assertThat(asked.get(0)).hasToString("https://www.youtube.com/@a%20%3Cb%3E%25/live");
  }
}
