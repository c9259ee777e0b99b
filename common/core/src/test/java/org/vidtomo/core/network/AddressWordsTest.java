package org.vidtomo.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressWordsTest {
  @ParameterizedTest
  @CsvSource({
    "at 203.0.113.7,at <203.0.113.7>",
    "host/203.0.113.7:443,host/<203.0.113.7>:443",
    "dsl-203-0-113-7.isp.example,dsl-<203.0.113.7>.isp.example",
    "ip_203_0_113_7,ip_<203.0.113.7>",
    "q=203%2E0%2e113%2E7&r,q=<203.0.113.7>&r",
    "%3D203.0.113.7,%3D<203.0.113.7>",
    "%20203.0.113.7,%20<203.0.113.7>",
    "203.000.113.007,<203.0.113.7>",
    "2001:db8::7,<2001:db8:0:0:0:0:0:7>",
    "[2001:DB8::7]:443,[<2001:db8:0:0:0:0:0:7>]:443",
    "/2001:db8:0:0:0:0:0:7:443,/<2001:db8:0:0:0:0:0:7>:443",
    "from:2001:db8::7.,from:<2001:db8:0:0:0:0:0:7>.",
    "to 2001:db8::7:,to <2001:db8:0:0:0:0:0:7>:",
    "ip%3D2001%3Adb8%3a%3A7,ip%3D<2001:db8:0:0:0:0:0:7>",
    "2001-db8--7.example,<2001:db8:0:0:0:0:0:7>.example",
    "r3---2001-db8-0-0-0-0-0-7,r3---<2001:db8:0:0:0:0:0:7>"
  })
  void addresses_are_found_in_what_programs_write(String text, String expected) {
    assertThat(marked(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T01:40:00.123Z",
        "12:30:45",
        "version 5.0.9",
        "300.1.2.3",
        "Foo::bar",
        "0b5ac8a4-2b3c-4d5e-8f90-123456789012",
        "2026-11-22",
        "1.3.6.1.4.1",
        "00:11:22:33:44:55"
      })
  void what_is_no_address_stays(String text) {
    assertThat(marked(text)).isEqualTo(text);
  }

  @Test
  void long_texts_take_no_longer_than_their_length() {
    for (String part : new String[] {"1.", "a:", "%3a", "2aaa-", "1-", "::", "1.1.1.1:"}) {
      String text = part.repeat(100_000);
      long began = System.nanoTime();
      assertThat(marked(text)).isNotEmpty();
      // Were it the square of its length, it would take hours.
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
    }
  }

  private static String marked(String text) {
    return AddressWords.replace(
        text, (address, bits) -> Optional.of("<" + address.getHostAddress() + ">"));
  }
}
