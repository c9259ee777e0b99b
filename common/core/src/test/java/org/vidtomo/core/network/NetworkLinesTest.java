package org.vidtomo.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkLinesTest {
  @Test
  void origins_are_kept_in_their_order_each_once() {
    assertThat(PrefixLine.parse("192.0.2.0\t24\t3_1,2_3").orElseThrow().origins())
        .containsExactly(3L, 1L, 2L);
    assertThat(PrefixLine.parse("192.0.2.0/24 {7,8}").orElseThrow().origins())
        .containsExactly(7L, 8L);
    assertThat(PrefixLine.parse("192.0.2.0/24 AS65550").orElseThrow().origins())
        .containsExactly(65550L);
    assertThat(PrefixLine.parse("192.0.2.0/24 1.14").orElseThrow().origins())
        .containsExactly(65550L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "# a comment", "; a comment", "% a comment"})
  void lines_without_a_prefix_say_nothing(String line) {
    assertThat(PrefixLine.parse(line)).isEmpty();
    assertThat(AsNameLine.parse(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.0 24",
        "192.0.2.0/24",
        "192.0.2.0/24 1 2",
        "192.0.2.0/33 1",
        "192.0.2.0/0 1",
        "192.0.2.0/ 1",
        "192.0.2.0/-1 1",
        "192.0.2.256/24 1",
        "192.0.2/24 1",
        "example.org/24 1",
        "2001:db8::/129 1",
        "192.0.2.0/24 0",
        "192.0.2.0/24 4294967295",
        "192.0.2.0/24 1__2",
        "192.0.2.0/24 1.65536",
        "192.0.2.0/24 -5"
      })
  void bad_lines_say_what_is_wrong(String line) {
    assertThatThrownBy(() -> PrefixLine.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"");
  }

  @Test
  void name_may_hold_commas_and_the_country_is_behind_the_last() {
    assertThat(AsNameLine.parse("1 LVLT-1, US"))
        .contains(new AsNameLine(1, "LVLT-1", Optional.of("US")));
    assertThat(AsNameLine.parse("AS2 A, B, Inc., DE"))
        .contains(new AsNameLine(2, "A, B, Inc.", Optional.of("DE")));
    assertThat(AsNameLine.parse("3 NOWHERE, ZZ"))
        .contains(new AsNameLine(3, "NOWHERE", Optional.empty()));
    assertThat(AsNameLine.parse("4 No country, Inc."))
        .contains(new AsNameLine(4, "No country, Inc.", Optional.empty()));
    assertThat(AsNameLine.parse("5")).contains(new AsNameLine(5, "", Optional.empty()));
    assertThatThrownBy(() -> AsNameLine.parse("name, US"))
        .hasMessageContaining("does not begin with an AS number");
  }

  @Test
  void prefix_hides_the_host() throws Exception {
    assertThat(NetworkPrefix.of(InetAddress.getByName("192.0.2.77"))).isEqualTo("192.0.2.0/24");
    assertThat(NetworkPrefix.of(InetAddress.getByName("2001:db8:1:2:3::4")))
        .isEqualTo("2001:db8:1:0:0:0:0:0/48");
    assertThat(NetworkPrefix.of(InetAddress.getByName("255.255.255.255"), 9))
        .isEqualTo("255.128.0.0/9");
  }

  @Test
  void ticket_holds_for_its_agent_and_its_time() {
    Instant at = Instant.parse("2026-11-21T10:00:00Z");
    NetworkTicket ticket =
        new NetworkTicket(
            "agent-1",
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            at,
            at.plusSeconds(6 * 3600));
    Instant late = at.plusSeconds(6 * 3600);
    assertThat(ticket.holds("agent-1", at, at)).isTrue();
    assertThat(ticket.holds("agent-1", at.minusSeconds(9_000), at.minusSeconds(599))).isTrue();
    assertThat(ticket.holds("agent-1", at.minusSeconds(9_000), at.minusSeconds(601))).isFalse();
    assertThat(ticket.holds("agent-1", late.plusSeconds(599), late.plusSeconds(9_000))).isTrue();
    assertThat(ticket.holds("agent-1", late.plusSeconds(601), late.plusSeconds(9_000))).isFalse();
    assertThat(ticket.holds("agent-2", at, at)).isFalse();
  }
}
