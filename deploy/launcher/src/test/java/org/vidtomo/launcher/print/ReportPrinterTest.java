package org.vidtomo.launcher.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Phases;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;
import org.vidtomo.core.wire.Wire;

class ReportPrinterTest {
  private static final PlayerBuffer BUFFER = new PlayerBuffer(2_000_000, 100_000, 1_000_000);
  private static final String EVIL =
      "\033]0;owned\007\033[2J\u009b31m\r\nfake: \u202etxt.exe\u2028\u2029\u200b\ud83d";
  private static final Set<String> VOCABULARY = Set.of("kind", "packetType", "end");
  private static final Terminal WIDE = new Terminal(true, true, 100, true, false);

  @ParameterizedTest
  @ValueSource(ints = {80, 100, 160})
  void lines_fit_the_width(int columns) {
    List<String> lines = print(new Terminal(true, true, columns, true, false), stalling());
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(columns));
  }

  @Test
  void terminal_without_unicode_gets_ascii() {
    List<String> lines = print(new Terminal(true, true, 100, false, false), stalling());
    assertThat(String.join("\n", lines)).matches("[\\x20-\\x7e\\n\\r]*");
    assertThat(lines).anyMatch(line -> line.contains("`- 302 http"));
  }

  @Test
  void colours_are_only_where_they_are_welcome() {
    assertThat(String.join("\n", print(WIDE, stalling()))).doesNotContain("\033");
    assertThat(String.join("\n", print(new Terminal(true, true, 100, true, true), stalling())))
        .contains("\033[1m");
  }

  @Test
  void redirects_are_a_tree_with_phases() {
    List<String> lines = print(WIDE, stalling());
    int root = indexOf(lines, "  302 http://site.example/watch");
    assertThat(lines.get(root + 1)).startsWith("  │  ").contains("192.0.2.1 · HTTP/1.1");
    assertThat(lines.get(root + 2)).contains("resolve 1.2 ms · connect 3.4 ms · processing 5.6 ms");
    assertThat(lines).anyMatch(line -> line.startsWith("  └─ 302 http://edge.example/"));
    assertThat(lines).anyMatch(line -> line.startsWith("     └─ 200 http://cache.example/"));
  }

  @Test
  void caches_that_name_their_site_are_placed() {
    Hop hop = hop(0, "https://rr4---sn-25ge7nzk.googlevideo.com/videoplayback", 200);
    assertThat(new HopTree(WIDE).lines(List.of(hop)))
        .anyMatch(line -> line.contains("cache site sn-25ge7nzk · node 4 · near PAR"));
  }

  @Test
  void resolvers_are_columns_and_addresses_are_rows() {
    List<String> lines = print(WIDE, stalling());
    assertThat(lines).anyMatch(line -> line.matches(" +system +8\\.8\\.8\\.8 +192\\.0\\.2\\.53"));
    assertThat(lines).anyMatch(line -> line.matches(" +time +1\\.0 ms +20\\.0 ms +timeout"));
    assertThat(lines).anyMatch(line -> line.matches(" +203\\.0\\.113\\.7 +● +●"));
    assertThat(lines).anyMatch(line -> line.matches(" +203\\.0\\.113\\.8 +· +●"));
  }

  @Test
  void pings_say_which_address_served() {
    assertThat(print(WIDE, stalling()))
        .anyMatch(
            line ->
                line.contains("203.0.113.7  tcp syn")
                    && line.contains("3/4")
                    && line.contains("10.0 / 11.0 / 12.0 ms")
                    && line.endsWith("served"))
        .anyMatch(line -> line.contains("203.0.113.8") && line.contains("no_reply"));
  }

  @Test
  void plot_shows_rate_buffer_and_stalls() {
    List<String> lines = print(WIDE, stalling());
    assertThat(lines).anyMatch(line -> line.contains("throughput (┄ the media's 1.00 Mbit/s)"));
    assertThat(lines).anyMatch(line -> line.contains("stalled") && line.contains("▀"));
    assertThat(lines).anyMatch(line -> line.contains("└────"));
    assertThat(lines).filteredOn(line -> line.contains("│") && line.contains("▁")).isNotEmpty();
  }

  @Test
  void verdict_is_one_line() {
    assertThat(print(WIDE, stalling()))
        .last()
        .asString()
        .contains("stops once for ")
        .contains("× the media's rate");
    assertThat(print(WIDE, steady()))
        .last()
        .asString()
        .contains("plays without stopping to its end");
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void failure_says_what_to_do(FailureKind kind) {
    Report failed = failed(new Failure(kind, "trace", "detail\u202e\033[31m of the net"));
    assertThat(print(WIDE, failed))
        .last()
        .asString()
        .contains(kind.wireName() + " (trace): detail[31m of the net")
        .contains(Advice.on(kind));
  }

  /** Titles, headers, names, codecs: whatever a server says, it is text and nothing else. */
  @Test
  void text_of_the_network_steers_no_terminal() throws Exception {
    ObjectNode said = Wire.mapper().valueToTree(stalling());
    List.of("video", "hops", "dns", "pings", "download", "media", "playback")
        .forEach(part -> poison(said.path(part)));
    Report report = Wire.mapper().treeToValue(said, Report.class);
    List<String> lines = print(WIDE, report);
    assertThat(lines).anyMatch(line -> line.contains("Bars at noon]0;owned"));
    assertThat(String.join("", lines))
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");
  }

  private static void poison(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        if (object.get(name).isTextual() && !VOCABULARY.contains(name)) {
          object.put(name, object.get(name).textValue() + EVIL);
        }
      }
    }
    node.forEach(ReportPrinterTest::poison);
  }

  private static List<String> print(Terminal terminal, Report report) {
    return new ReportPrinter(BUFFER, terminal).lines(report);
  }

  private static int indexOf(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start)) {
        return i;
      }
    }
    throw new AssertionError("no line begins with " + start + " in " + String.join("\n", lines));
  }

  /** 1 Mbit/s of media that comes with a break of 5 s. */
  private static Report stalling() {
    List<Arrival> arrivals = new ArrayList<>();
    arrivals.add(new Arrival(100_000, 1));
    for (int i = 0; i < 600; i++) {
      arrivals.add(new Arrival(i == 250 ? 5_000_000 : 10_000, 1_250));
    }
    return report(arrivals, DownloadEnd.TIME_LIMIT, Optional.empty());
  }

  private static Report steady() {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      arrivals.add(new Arrival(10_000, 25_000));
    }
    return report(arrivals, DownloadEnd.END_OF_BODY, Optional.empty());
  }

  private static Report failed(Failure failure) {
    return report(List.of(), DownloadEnd.FAILED, Optional.of(failure));
  }

  private static Report report(List<Arrival> arrivals, DownloadEnd end, Optional<Failure> failure) {
    long micros = arrivals.stream().mapToLong(Arrival::deltaMicros).sum();
    long bytes = arrivals.stream().mapToLong(Arrival::deltaBytes).sum();
    Download download =
        new Download(
            "http://cache.example/v.mp4",
            "203.0.113.7",
            "HTTP/1.1",
            OptionalLong.of(100_000),
            micros,
            bytes,
            end,
            micros == 0 ? 0 : bytes * 8_000_000 / micros,
            OptionalLong.empty(),
            1,
            arrivals,
            Optional.empty(),
            Optional.empty());
    Optional<Media> media = Optional.of(media());
    Optional<Download> downloaded = failure.isPresent() ? Optional.empty() : Optional.of(download);
    return new Report(
        1,
        UUID.randomUUID(),
        Instant.parse("2026-11-21T10:00:00Z"),
        1,
        Optional.empty(),
        new AgentInfo(
            "local",
            "vidtomo/test",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            "ipv4"),
        new Video(
            "http://site.example/watch?v=1", "page", Optional.empty(), Optional.of("Bars at noon")),
        failure.isPresent() ? Outcome.FAILED : Outcome.OK,
        failure,
        Optional.empty(),
        hops(),
        dns(),
        pings(),
        List.of(),
        downloaded,
        media,
        downloaded.flatMap(d -> PlaybackModel.replay(BUFFER, d, media)),
        List.of());
  }

  private static Media media() {
    return new Media(
        "mp4",
        OptionalLong.of(20_000_000),
        OptionalLong.of(2_500_000),
        OptionalLong.of(1_000_000),
        OptionalInt.of(640),
        OptionalInt.of(360),
        OptionalDouble.empty(),
        Optional.of("avc1.64001e"),
        Optional.of("mp4a.40.2"),
        false,
        Optional.empty());
  }

  private static List<Hop> hops() {
    return List.of(
        hop(0, "http://site.example/watch?v=1", 302),
        hop(1, "http://edge.example/" + "long/".repeat(40), 302),
        hop(2, "http://cache.example/v.mp4", 200));
  }

  private static Hop hop(int index, String url, int status) {
    return new Hop(
        index,
        url,
        "GET",
        OptionalInt.of(status),
        Optional.empty(),
        Optional.of("192.0.2.1"),
        Optional.of("HTTP/1.1"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Phases(
            OptionalLong.of(1_200),
            OptionalLong.of(3_400),
            OptionalLong.empty(),
            OptionalLong.of(5_600),
            OptionalLong.empty()),
        Map.of("server", "nginx", "x-cache", "HIT from edge"),
        Optional.empty());
  }

  private static List<DnsLookup> dns() {
    return List.of(
        lookup("system", 1_000, List.of("203.0.113.7"), Optional.empty()),
        lookup("8.8.8.8", 20_000, List.of("203.0.113.7", "203.0.113.8"), Optional.empty()),
        lookup(
            "192.0.2.53",
            2_000_000,
            List.of(),
            Optional.of(new Failure(FailureKind.DNS_TIMEOUT, "resolve", "no answer"))));
  }

  private static DnsLookup lookup(
      String resolver, long micros, List<String> addresses, Optional<Failure> failure) {
    return new DnsLookup(
        "cache.example",
        resolver,
        addresses.stream().map(a -> new DnsAddress(a, 60)).toList(),
        List.of(),
        micros,
        failure);
  }

  private static List<Ping> pings() {
    return List.of(
        new Ping(
            "203.0.113.7",
            "cache.example",
            PacketType.TCP_SYN,
            4,
            3,
            List.of(10_000L, 11_000L, 12_000L),
            OptionalLong.of(10_000),
            OptionalLong.of(11_000),
            OptionalLong.of(12_000),
            0.25,
            Optional.empty()),
        new Ping(
            "203.0.113.8",
            "cache.example",
            PacketType.ICMP_ECHO,
            4,
            0,
            List.of(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            1,
            Optional.of(new Failure(FailureKind.NO_REPLY, "ping", "no reply"))));
  }
}
