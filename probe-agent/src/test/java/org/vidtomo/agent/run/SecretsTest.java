package org.vidtomo.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://h/v.mp4?ip=192.0.2.1&expire=1&sig=AB | http://h/v.mp4?ip=redacted&expire=1&sig=redacted",
        "https://h/a?X-Amz-Signature=ab&X-Amz-Date=2 | https://h/a?X-Amz-Signature=redacted&X-Amz-Date=2",
        "https://h/a?Policy=x&Key-Pair-Id=y&itag=18 | https://h/a?Policy=redacted&Key-Pair-Id=redacted&itag=18",
        "https://u:p@h/a#t=1 | https://h/a",
        "//u@h/a?auth=1 | //h/a?auth=redacted",
        "https://h/videoplayback/ip/192.0.2.1/itag/18/sig/AB.CD/file/x.mp4 | https://h/videoplayback/ip/redacted/itag/18/sig/redacted/file/x.mp4",
        "https://h/hdntl=exp=1~hmac=ab/a.mp4 | https://h/hdntl=redacted/a.mp4",
        "https://h/watch?v=dQw4w9WgXcQ&t=30 | https://h/watch?v=dQw4w9WgXcQ&t=30",
        "https://h/a?d=0123456789abcdef0123456789abcdef01 | https://h/a?d=redacted",
        "https://h/user/name/clip.mp4 | https://h/user/name/clip.mp4",
        "/relative/v.mp4?token=1&q=2 | /relative/v.mp4?token=redacted&q=2",
        "https://h/2024/a-long-name-of-a-video-that-is-no-token.mp4 | https://h/2024/a-long-name-of-a-video-that-is-no-token.mp4",
      })
  void url_losesItsTokensAndNothingElse(String url, String expected) {
    assertThat(Secrets.redact(url)).isEqualTo(expected);
  }
}
