package org.vidtomo.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkTableTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void longest_prefix_wins_and_what_lies_around_it_is_of_the_shorter() {
    NetworkTable table = table("10.0.0.0/8 1", "10.1.0.0/16 2", "10.1.2.0/24 3", "10.1.2.3/32 4");
    assertThat(asn(table, "10.0.255.255")).isEqualTo(1);
    assertThat(asn(table, "10.1.0.0")).isEqualTo(2);
    assertThat(asn(table, "10.1.2.2")).isEqualTo(3);
    assertThat(asn(table, "10.1.2.3")).isEqualTo(4);
    assertThat(asn(table, "10.1.2.4")).isEqualTo(3);
    assertThat(asn(table, "10.1.3.0")).isEqualTo(2);
    assertThat(asn(table, "10.2.0.0")).isEqualTo(1);
    assertThat(table.find("9.255.255.255")).isEmpty();
    assertThat(table.find("11.0.0.0")).isEmpty();
  }

  @Test
  void prefixes_that_begin_or_end_together_are_told_apart() {
    NetworkTable table = table("10.0.0.0/8 1", "10.0.0.0/16 2", "10.0.0.0/24 3", "10.255.0.0/16 4");
    assertThat(asn(table, "10.0.0.9")).isEqualTo(3);
    assertThat(asn(table, "10.0.1.0")).isEqualTo(2);
    assertThat(asn(table, "10.1.0.0")).isEqualTo(1);
    assertThat(asn(table, "10.255.255.255")).isEqualTo(4);
    assertThat(table.find("11.0.0.0")).isEmpty();
  }

  @Test
  void ends_of_the_address_space_have_nothing_behind_them() {
    NetworkTable table =
        table(
            "0.0.0.0/1 1",
            "128.0.0.0/1 2",
            "255.255.255.255/32 3",
            "8000::/1 4",
            "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128 5");
    assertThat(asn(table, "0.0.0.0")).isEqualTo(1);
    assertThat(asn(table, "127.255.255.255")).isEqualTo(1);
    assertThat(asn(table, "255.255.255.254")).isEqualTo(2);
    assertThat(asn(table, "255.255.255.255")).isEqualTo(3);
    assertThat(asn(table, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe")).isEqualTo(4);
    assertThat(asn(table, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")).isEqualTo(5);
    assertThat(table.find("7fff::")).isEmpty();
  }

  @Test
  void families_do_not_mix() {
    NetworkTable table = table("1.0.0.0/8 1");
    assertThat(table.find("100::")).isEmpty();
    assertThat(table.find("no address")).isEmpty();
  }

  @Test
  void prefix_of_the_answer_is_the_one_that_was_announced() {
    NetworkTable table = table("10.128.0.0/9 1", "2001:db8::/33 2", "2001:db8::8/126 3");
    assertThat(table.find("10.200.1.2").orElseThrow().prefix()).isEqualTo("10.128.0.0/9");
    assertThat(table.find("2001:db8:7fff::1").orElseThrow().prefix())
        .isEqualTo("2001:db8:0:0:0:0:0:0/33");
    assertThat(table.find("2001:db8::b").orElseThrow().asn()).isEqualTo(3);
    assertThat(table.find("2001:db8::c").orElseThrow().asn()).isEqualTo(2);
  }

  @Test
  void any_nesting_gives_what_a_look_at_every_prefix_gives() throws Exception {
    Random random = new Random(6);
    for (int round = 0; round < 40; round++) {
      boolean four = round % 2 == 0;
      List<PrefixLine> lines = new ArrayList<>();
      NetworkTableBuilder builder = new NetworkTableBuilder();
      for (int i = 0; i < 60; i++) {
        PrefixLine line =
            new PrefixLine(
                address(random, four),
                1 + random.nextInt(four ? 32 : 128),
                List.of(1L + random.nextInt(500)));
        lines.add(line);
        builder.add(line);
      }
      NetworkTable table =
          NetworkTableFormat.read(NetworkTableFormat.write(builder.build("random", NOW)));
      for (int i = 0; i < 300; i++) {
        InetAddress address = address(random, four);
        assertThat(table.find(address).map(Network::asn)).isEqualTo(slowly(lines, address));
      }
    }
  }

  /** Few different bits, so that prefixes nest and meet. */
  private static InetAddress address(Random random, boolean four) throws UnknownHostException {
    byte[] bytes = new byte[four ? 4 : 16];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(2) * 0xff);
    }
    return InetAddress.getByAddress(bytes);
  }

  private static Optional<Long> slowly(List<PrefixLine> lines, InetAddress address) {
    OptionalInt longest =
        IntStream.range(0, lines.size())
            .filter(i -> covers(lines.get(i), address))
            // Of equal prefixes the last one.
            .reduce((a, b) -> lines.get(b).length() >= lines.get(a).length() ? b : a);
    return longest.isPresent()
        ? Optional.of(lines.get(longest.getAsInt()).origins().get(0))
        : Optional.empty();
  }

  private static boolean covers(PrefixLine line, InetAddress address) {
    return NetworkPrefix.of(line.address(), line.length())
        .equals(NetworkPrefix.of(address, line.length()));
  }

  @Test
  void what_was_written_is_read_with_its_names() throws Exception {
    NetworkTableBuilder builder = new NetworkTableBuilder();
    builder.add(PrefixLine.parse("192.0.2.0/24 64500_64501").orElseThrow());
    builder.add(PrefixLine.parse("198.51.100.0/24 4200000000").orElseThrow());
    builder.name(64500, "Réseau d’exemple", Optional.of("FR"));
    builder.name(4_200_000_000L, "", Optional.empty());

    NetworkTable table =
        NetworkTableFormat.read(NetworkTableFormat.write(builder.build("a list", NOW)));

    assertThat(table.about()).isEqualTo(new NetworkTable.About("a list", NOW, 2, 0, 2));
    assertThat(table.find("192.0.2.9"))
        .contains(
            new Network(
                List.of(64500L, 64501L),
                Optional.of("Réseau d’exemple"),
                Optional.of("FR"),
                "192.0.2.0/24"));
    assertThat(table.find("198.51.100.1").orElseThrow().name()).isEmpty();
  }

  @Test
  void damaged_files_are_refused_wherever_the_damage_is() {
    byte[] whole = NetworkTableFormat.write(table("192.0.2.0/24 64500", "2001:db8::1/128 64501"));
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      assertThatThrownBy(() -> NetworkTableFormat.read(damaged))
          .isInstanceOf(NetworkTableException.class);
      byte[] cut = Arrays.copyOf(whole, i);
      assertThatThrownBy(() -> NetworkTableFormat.read(cut))
          .isInstanceOf(NetworkTableException.class);
    }
    assertThatThrownBy(() -> NetworkTableFormat.read(Arrays.copyOf(whole, whole.length + 1)))
        .isInstanceOf(NetworkTableException.class);
  }

  @Test
  void something_else_is_refused_with_what_to_do() {
    assertThatThrownBy(() -> NetworkTableFormat.read("192.0.2.0/24 64500\n".getBytes()))
        .hasMessageContaining("networks convert");
  }

  private static long asn(NetworkTable table, String address) {
    return table.find(address).orElseThrow().asn();
  }

  private static NetworkTable table(String... lines) {
    NetworkTableBuilder builder = new NetworkTableBuilder();
    for (String line : lines) {
      builder.add(PrefixLine.parse(line).orElseThrow());
    }
    return builder.build("test", NOW);
  }
}
