package org.vidtomo.launcher.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.network.Network;
import org.vidtomo.core.network.NetworkTable;
import org.vidtomo.core.network.NetworkTableFormat;
import org.vidtomo.testkit.RealData;

class NetworkConversionTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final List<String> complaints = new ArrayList<>();
  private final NetworkConversion conversion = new NetworkConversion(complaints::add);

  @Test
  void both_usual_forms_are_read_and_several_lists_make_one_table() throws IOException {
    conversion.prefixes(
        "pfx2as", text("198.51.100.0\t24\t64500\n203.0.113.0\t24\t64501_64502\n\n"));
    conversion.prefixes("pfx2as6", text("2001:db8::\t32\t64503,64504\r\n# the end\r\n"));
    conversion.prefixes("pyasn", text("; IP-ASN32-DAT file\n203.0.113.128/25\t64505\n"));
    conversion.names("names", text("64501 EXAMPLE-NET Example, Inc., FR\n64505 UNKNOWN, ZZ\n"));

    NetworkTable table = conversion.table(NOW);

    assertThat(table.about().source()).isEqualTo("pfx2as, pfx2as6, pyasn");
    assertThat(found(table, "203.0.113.5"))
        .isEqualTo(
            new Network(
                List.of(64501L, 64502L),
                Optional.of("EXAMPLE-NET Example, Inc."),
                Optional.of("FR"),
                "203.0.113.0/24"));
    assertThat(found(table, "203.0.113.200").prefix()).isEqualTo("203.0.113.128/25");
    assertThat(found(table, "203.0.113.200").country()).isEmpty();
    assertThat(found(table, "2001:db8::9").origins()).containsExactly(64503L, 64504L);
    assertThat(table.find("192.0.2.1")).isEmpty();
    assertThat(complaints).isEmpty();
  }

  @Test
  void gzip_is_read_as_text_is() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write("192.0.2.0\t24\t64500\n".getBytes(StandardCharsets.UTF_8));
    }
    conversion.prefixes("list.gz", new ByteArrayInputStream(out.toByteArray()));
    assertThat(found(conversion.table(NOW), "192.0.2.1").asn()).isEqualTo(64500);
  }

  @Test
  void bad_lines_are_left_out_counted_and_told_with_their_numbers() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      list.append("10.%d.%d.0\t24\t64500\n".formatted(i / 256, i % 256));
    }
    list.append("0.0.0.0\t0\t64500\n").append("192.0.2.0\t24\tsomebody\n").append("192.0.2.0\n");
    conversion.prefixes("list", text(list.toString()));

    assertThat(conversion.refused()).isEqualTo(3);
    assertThat(complaints)
        .hasSize(3)
        .element(0)
        .asString()
        .startsWith("list, line 1001 is left out: the length must be 1 to 32");
    assertThat(complaints.get(1)).contains("line 1002", "no AS number: \"somebody\"");
    assertThat(conversion.table(NOW).find("192.0.2.1")).isEmpty();
  }

  @Test
  void another_kind_of_file_is_an_error_that_says_so() {
    assertThatThrownBy(() -> conversion.prefixes("page.html", text("<html>\n<body>\n")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("page.html: 2 of 2 lines are not")
        .hasMessageContaining("another kind of file");
  }

  @Test
  void later_line_replaces_an_earlier_one_of_the_same_prefix() throws IOException {
    conversion.prefixes("old", text("192.0.2.0\t24\t64500\n192.0.2.0\t25\t64502\n"));
    conversion.prefixes("new", text("192.0.2.0\t24\t64501\n"));
    NetworkTable table = conversion.table(NOW);
    assertThat(conversion.repeated()).isEqualTo(1);
    assertThat(found(table, "192.0.2.200").asn()).isEqualTo(64501);
    assertThat(found(table, "192.0.2.100").asn()).isEqualTo(64502);
  }

  @Test
  void real_table_gives_the_longest_match_of_each_of_a_thousand_addresses() throws Exception {
    Optional<Path> folder = RealData.folder("8-asn", 1);
    if (folder.isEmpty()) {
      return;
    }
    try (InputStream in =
        Files.newInputStream(folder.get().resolve("pyasn/data/ipasn_20140513_v12.dat.gz"))) {
      conversion.prefixes("ipasn", in);
    }
    NetworkTable made = conversion.table(NOW);
    assertThat(conversion.refused()).isZero();
    assertThat(made.about().ipv4Prefixes()).isEqualTo(512_490);
    NetworkTable table = NetworkTableFormat.read(NetworkTableFormat.write(made));

    List<String> expected = Files.readAllLines(folder.get().resolve("expected/ip-asn.csv"));
    List<String> found = new ArrayList<>();
    found.add(expected.get(0));
    for (String line : expected.subList(1, expected.size())) {
      String[] columns = line.split(",", -1);
      Optional<Network> network = table.find(columns[0]);
      found.add(
          "%s,%s,%s,%s"
              .formatted(
                  columns[0],
                  columns[1],
                  network.map(n -> Long.toString(n.asn())).orElse(""),
                  network.map(Network::prefix).orElse("")));
    }
    assertThat(found).hasSize(1_001).isEqualTo(expected);
  }

  private static Network found(NetworkTable table, String address) {
    return table.find(address).orElseThrow();
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
