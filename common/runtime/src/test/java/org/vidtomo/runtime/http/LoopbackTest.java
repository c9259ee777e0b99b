package org.vidtomo.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class LoopbackTest {
  @Test
  void loopback_isKnownByItsNameAlone() {
    for (String url :
        new String[] {
          "http://127.0.0.1:8081", "http://127.9.9.9", "amqp://u:p@[::1]:5672/v", "http://LocalHost"
        }) {
      assertThat(Loopback.isHostOf(URI.create(url))).as(url).isTrue();
    }
    for (String url :
        new String[] {
          "http://10.0.0.1",
          "http://localhost.example.org",
          "http://127.0.0.1.example.org",
          "http://[2001:db8::1]",
          "http://127.1",
          "mailto:x@localhost"
        }) {
      assertThat(Loopback.isHostOf(URI.create(url))).as(url).isFalse();
    }
  }
}
