package org.vidtomo.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.wire.Wire;

class AddressScrubTest {
  private final AddressScrub four = new AddressScrub("203.0.113.7");
  private final AddressScrub six = new AddressScrub("2001:db8:1:2:0:0:0:7");

  @Test
  void address_is_found_in_names_headers_and_urls() {
    assertThat(four.text("https://203-0-113-7.isp.example/a?ip=203.0.113.7&b=1"))
        .isEqualTo("https://(address removed).isp.example/a?ip=(address removed)&b=1");
    assertThat(four.text("blocked for ::ffff:203.0.113.7."))
        .isEqualTo("blocked for ::ffff:(address removed).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.70", "1203.0.113.7", "1.203.0.113.7", "203.0.113.7.9"})
  void other_numbers_with_the_same_digits_stay(String text) {
    assertThat(four.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "203.000.113.007",
        "203_0_113_7",
        "203%2e0%2E113%2e7",
        "7.113.0.203",
        "7-113-0-203",
        "3405803783",
        "0xcb007107",
        "CB007107",
        "0xcb.0x0.0x71.0x7",
        "0313.0.0161.07",
        "64:ff9b::cb00:7107",
        "2002:cb00:7107::1"
      })
  void ipv4_is_found_however_it_is_written(String text) {
    assertThat(four.text("at=" + text + "/x")).isEqualTo("at=(address removed)/x");
    assertThat(four.text("at%3D" + text + "&x")).isEqualTo("at%3D(address removed)&x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2001-db8-1-2--7",
        "20010db8000100020000000000000007",
        "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2",
        "2001:db8:1:2::203.0.113.9",
        "2001:db8:1:2::7",
        "2001:DB8:1:2:0:0:0:7",
        "2001:0db8:0001:0002:0000:0000:0000:0007",
        "2001%3Adb8%3a1:2::7",
        // Another address of the same line.
        "2001:db8:1:2:8a2e:370:7334:1"
      })
  void ipv6_is_found_however_it_is_written(String text) {
    assertThat(six.text("[" + text + "]:443")).isEqualTo("[(address removed)]:443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:1:3::7", "12:30:45", "a::b", "cafe", "::", "%3a%3a"})
  void what_is_no_address_of_the_line_stays(String text) {
    assertThat(six.text(text)).isEqualTo(text);
  }

  @Test
  void all_texts_of_a_document_are_cleaned() throws Exception {
    JsonNode tree =
        Wire.read("{\"a\":[\"x 203.0.113.7\",{\"b\":\"203.0.113.7\"}],\"n\":7}", JsonNode.class);
    four.in(tree);
    assertThat(tree.toString())
        .isEqualTo("{\"a\":[\"x (address removed)\",{\"b\":\"(address removed)\"}],\"n\":7}");
  }
}
