package org.vidtomo.launcher.pytomo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Phases;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;

/** Reports that show what Pytomo's columns hold. */
final class PytomoReports {
  private static final PlayerBuffer BUFFER = new PlayerBuffer(2_000_000, 100_000, 1_000_000);

  private PytomoReports() {}

  /** One redirect, a cache of two addresses, and a download with one stall. */
  static Report withTwoAddresses() {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      arrivals.add(new Arrival(i == 250 ? 5_000_000 : 10_000, 1_250));
    }
    long micros = arrivals.stream().mapToLong(Arrival::deltaMicros).sum();
    Download download =
        new Download(
            "http://cache.example.org/v.mp4",
            "192.0.2.1",
            "HTTP/1.1",
            OptionalLong.of(10_000),
            micros,
            750_000,
            DownloadEnd.TIME_LIMIT,
            Math.round(750_000 * 8e6 / micros),
            OptionalLong.empty(),
            2_000_000,
            arrivals,
            Optional.empty(),
            Optional.empty());
    Optional<Media> media = Optional.of(media());
    return new Report(
        1,
        UUID.fromString("00000000-0000-4000-8000-000000000001"),
        Instant.parse("2026-11-21T09:00:00Z"),
        1,
        Optional.empty(),
        agent(),
        new Video(
            "https://www.youtube.com/watch?v=abcdefghijk",
            "youtube",
            Optional.of("abcdefghijk"),
            Optional.empty()),
        Outcome.OK,
        Optional.empty(),
        Optional.empty(),
        List.of(
            hop(0, "http://edge.example.org:8080/v", 302, "192.0.2.9"),
            hop(1, "http://cache.example.org/v.mp4", 206, "192.0.2.1")),
        List.of(
            lookup("edge.example.org", "system", 1_000, "192.0.2.9"),
            lookup("cache.example.org", "system", 4_000, "192.0.2.1"),
            lookup("cache.example.org", "8.8.8.8", 9_000, "192.0.2.1", "192.0.2.2")),
        List.of(ping(PacketType.TCP_SYN, 1_700), ping(PacketType.ICMP_ECHO, 1_500)),
        List.of(
            cache("edge.example.org", false, "192.0.2.9"),
            cache("cache.example.org", true, "192.0.2.1", "192.0.2.2")),
        Optional.of(download),
        media,
        PlaybackModel.replay(BUFFER, download, media),
        List.of());
  }

  private static AgentInfo agent() {
    return new AgentInfo(
        "agent-1",
        "vidtomo/test",
        Optional.of("Fibre link"),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        "ipv4");
  }

  private static Media media() {
    return new Media(
        "mp4",
        OptionalLong.of(20_000_000),
        OptionalLong.of(2_500_000),
        OptionalLong.of(1_000_000),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  private static Hop hop(int index, String url, int status, String address) {
    return new Hop(
        index,
        url,
        "GET",
        OptionalInt.of(status),
        Optional.empty(),
        Optional.of(address),
        Optional.of("HTTP/1.1"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Phases.NONE,
        Map.of(),
        Optional.empty());
  }

  private static DnsLookup lookup(String host, String resolver, long micros, String... addresses) {
    return new DnsLookup(
        host,
        resolver,
        java.util.Arrays.stream(addresses).map(a -> new DnsAddress(a, 60)).toList(),
        List.of(),
        micros,
        Optional.empty());
  }

  private static Ping ping(PacketType type, long micros) {
    return new Ping(
        "192.0.2.1",
        "cache.example.org",
        type,
        1,
        1,
        List.of(micros),
        OptionalLong.of(micros),
        OptionalLong.of(micros),
        OptionalLong.of(micros),
        0,
        Optional.empty());
  }

  private static Cache cache(String host, boolean last, String... addresses) {
    return new Cache(host, List.of(addresses), OptionalLong.of(64_500), Optional.empty(), last);
  }
}
