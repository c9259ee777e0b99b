package org.vidtomo.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** No line of a log holds a full public address, whoever wrote the text. */
class LogLinesTest {
  private static final int LINES = Integer.getInteger("vidtomo.answers", 5_000);
  private static final List<String> SENTENCES =
      List.of(
          "connecting to %s failed",
          "request from %s: 404",
          "peer=%s attempts=3",
          "GET https://v.example/a?ip=%s&b=1 answered 302",
          "moved to https://%s/x.mp4",
          "moved%%3Fip%%3D%s",
          "(%s) and [%s], then %s.",
          "remote:%s;local:127.0.0.1");

  private final OneLineLayout layout = new OneLineLayout();
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  @Test
  void generated_line_holds_no_full_public_address() throws Exception {
    Random random = new Random(8);
    for (int i = 0; i < LINES; i++) {
      WrittenAddress written = WrittenAddress.of(random);
      String sentence =
          SENTENCES
              .get(random.nextInt(SENTENCES.size()))
              .replace("%s", written.text())
              .replace("%%", "%");
      String line = layout.doLayout(event(sentence, random.nextInt(3)));
      written.assertNotIn(line, i + ": " + sentence);
    }
    System.out.printf("%,d lines of logs hold no full public address%n", LINES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:8081",
        "10.1.2.3",
        "192.168.1.7",
        "100.64.1.2",
        "[::1]:80",
        "fe80::1",
        "fd00::7",
        "0.0.0.0",
        "network 203.0.113.0/24",
        "network 2001:db8:7:0:0:0:0:0/48"
      })
  void what_tells_of_nobody_stays(String text) {
    assertThat(AddressMask.mask(text)).isEqualTo(text);
  }

  @Test
  void what_is_left_is_the_network() {
    assertThat(AddressMask.mask("from /203.0.113.7:443")).isEqualTo("from /203.0.113.0/24:443");
    assertThat(AddressMask.mask("from [2001:db8:7:8::9]:443"))
        .isEqualTo("from [2001:db8:7:0:0:0:0:0/48]:443");
  }

  private LoggingEvent event(String sentence, int kind) {
    Throwable thrown =
        kind == 0
            ? null
            : new IllegalStateException("wrapped", new java.io.IOException("is: " + sentence));
    return new LoggingEvent(
        "org.vidtomo.Sample",
        context.getLogger("org.vidtomo.Sample"),
        kind == 2 ? Level.ERROR : Level.WARN,
        kind == 0 ? sentence : "failed: " + sentence,
        thrown,
        new Object[0]);
  }
}
