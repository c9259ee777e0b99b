package org.vidtomo.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "250ms,PT0.25S", "30s,PT30S", "6h,PT6H", "1h30m,PT1H30M", "0.1s,PT0.1S", "1.5m,PT1M30S",
    "7d,PT168H", "30,PT30S", "0,PT0S", "5 min,PT5M", "100us,PT0.0001S", "1s500ms,PT1.5S"
  })
  void duration_isRead(String text, Duration expected) {
    assertThat(Quantities.duration(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s", "-1s", "1 fortnight", "1h30", "1h x", "1e3s", "99999999999d"})
  void duration_thatIsNone_isRefusedSayingWhatIsAllowed(String text) {
    assertThatThrownBy(() -> Quantities.duration(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a duration such as 250ms");
  }

  @ParameterizedTest
  @CsvSource({
    "100MB,100000000",
    "64MiB,67108864",
    "2GB,2000000000",
    "1.5kB,1500",
    "10,10",
    "0,0",
    "1tib,1099511627776"
  })
  void bytes_areRead(String text, long expected) {
    assertThat(Quantities.bytes(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100M", "MB", "-1B", "1Mbps", "9999999999999TB"})
  void bytes_thatAreNone_areRefused(String text) {
    assertThatThrownBy(() -> Quantities.bytes(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a size such as");
  }

  @ParameterizedTest
  @CsvSource({"100Mbps,100000000", "1.5Gbit/s,1500000000", "56kbps,56000", "10,10"})
  void bitsPerSecond_areRead(String text, long expected) {
    assertThat(Quantities.bitsPerSecond(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "250ms", "1h30m", "1d", "1s1us", "12ns"})
  void text_isReadBackAsWritten(String text) {
    assertThat(Quantities.text(Quantities.duration(text))).isEqualTo(text);
  }

  @Test
  void textForPeople_hasThreeDigits() {
    assertThat(Quantities.bytesText(104_000_000)).isEqualTo("104 MB");
    assertThat(Quantities.bytesText(999)).isEqualTo("999 B");
    assertThat(Quantities.bytesText(999_600)).isEqualTo("1.00 MB");
    assertThat(Quantities.rateText(9_531_000)).isEqualTo("9.53 Mbit/s");
    assertThat(Quantities.rateText(0)).isEqualTo("0 bit/s");
  }
}
