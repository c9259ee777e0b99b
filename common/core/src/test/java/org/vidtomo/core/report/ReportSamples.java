package org.vidtomo.core.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Reports for the tests of the wire format. */
final class ReportSamples {
  private static final Instant T = Instant.parse("2026-11-21T10:00:00Z");

  private ReportSamples() {}

  static Report full() {
    return new Report(
        1,
        new UUID(1, 2),
        T,
        9_876_543,
        Optional.of(
            new ReportAssignment(
                new UUID(3, 4), 1, new UUID(5, 6), 0, 0, T, T.plusSeconds(300), "a.b.c")),
        agent(),
        new Video(
            "https://www.example.org/watch/1", "page", Optional.of("1"), Optional.of("A <title>")),
        Outcome.OK,
        Optional.empty(),
        Optional.of(lookup()),
        List.of(hop()),
        List.of(
            new DnsLookup(
                "c1.example.org",
                "system",
                List.of(new DnsAddress("192.0.2.1", 30)),
                List.of("edge.example.org"),
                1234,
                Optional.empty())),
        List.of(
            new Ping(
                "192.0.2.1",
                "c1.example.org",
                PacketType.TCP_SYN,
                3,
                2,
                List.of(1000L, 2000L),
                OptionalLong.of(1000),
                OptionalLong.of(1500),
                OptionalLong.of(2000),
                1 / 3.0,
                Optional.empty())),
        List.of(
            new Cache(
                "c1.example.org",
                List.of("192.0.2.1"),
                OptionalLong.of(64500),
                Optional.of("par"),
                true)),
        Optional.of(download()),
        Optional.of(media()),
        Optional.of(playback()),
        List.of("https://www.example.org/watch/2"));
  }

  static Report failed() {
    Failure failure = new Failure(FailureKind.CONNECTION_REFUSED, "trace", "192.0.2.1:443");
    return new Report(
        1,
        new UUID(1, 3),
        T,
        1000,
        Optional.empty(),
        agent(),
        new Video("https://www.example.org/v.mp4", "file", Optional.empty(), Optional.empty()),
        Outcome.FAILED,
        Optional.of(failure),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static AgentInfo agent() {
    return new AgentInfo(
        "agent-1",
        "vidtomo/0.1.0",
        Optional.of("Fibrelink"),
        Optional.empty(),
        Optional.of("192.0.2.0/24"),
        OptionalLong.of(64501),
        Optional.of("FIBRELINK"),
        Optional.of("FR"),
        Optional.of("+01:00"),
        Optional.of(
            new Access(Optional.of("fibre"), Optional.of("wired"), OptionalLong.of(100_000_000))),
        OptionalLong.of(-1500),
        "ipv4");
  }

  private static Lookup lookup() {
    return new Lookup(
        "page",
        List.of(
            new Candidate(
                "https",
                Optional.of("mp4"),
                Optional.of("avc1"),
                Optional.empty(),
                OptionalInt.of(640),
                OptionalInt.of(360),
                OptionalLong.of(700_000),
                OptionalLong.empty())),
        List.of(
            new ChosenMedia(
                "https://go.example.org/v.mp4",
                "https",
                Optional.of("mp4"),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty())),
        4321,
        Optional.empty());
  }

  private static Hop hop() {
    return new Hop(
        0,
        "https://go.example.org/v.mp4",
        "GET",
        OptionalInt.of(302),
        Optional.of("//c1.example.org/v.mp4"),
        Optional.of("192.0.2.9"),
        Optional.of("HTTP/1.1"),
        Optional.of("TLSv1.3 TLS_AES_128_GCM_SHA256"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Phases(
            OptionalLong.of(1),
            OptionalLong.of(2),
            OptionalLong.of(3),
            OptionalLong.of(4),
            OptionalLong.empty()),
        Map.of("server", "nginx"),
        Optional.empty());
  }

  private static Download download() {
    return new Download(
        "https://c1.example.org/v.mp4",
        "192.0.2.1",
        "HTTP/1.1",
        OptionalLong.of(20_000),
        3_000_000,
        300_000,
        DownloadEnd.END_OF_BODY,
        800_000,
        OptionalLong.of(900_000),
        1_000_000,
        List.of(new Arrival(20_000, 1000), new Arrival(10_000, 299_000)),
        Optional.empty(),
        Optional.empty());
  }

  private static Media media() {
    return new Media(
        "mp4",
        OptionalLong.of(10_000_000),
        OptionalLong.of(300_000),
        OptionalLong.of(240_000),
        OptionalInt.of(640),
        OptionalInt.of(360),
        OptionalDouble.of(25),
        Optional.of("avc1"),
        Optional.of("mp4a"),
        false,
        Optional.of(
            List.of(new TimelinePoint(1000, 40_000), new TimelinePoint(300_000, 10_000_000))));
  }

  private static Playback playback() {
    return new Playback(
        "fixed",
        OptionalLong.of(30_000),
        List.of(new Stall(1_000_000, 250_000)),
        1,
        250_000,
        10_000_000,
        0,
        OptionalDouble.of(0.0244),
        false,
        OptionalDouble.of(4.29),
        List.of());
  }
}
