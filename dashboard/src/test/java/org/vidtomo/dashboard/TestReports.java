package org.vidtomo.dashboard;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.metric.Goodput;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Hop;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Phases;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.report.Video;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;

/** Whole reports of made-up lines of a given speed. */
public final class TestReports {
  private static final SigningKey COORDINATOR = SigningKey.generate();

  private static final long MEDIA_BYTES = 1_500_000;
  private static final long MEDIA_MICROS = 12_000_000;
  private static final String AGENT_IP = "198.51.100.77";

  private TestReports() {}

  /**
   * An agent's line.
   *
   * @param bps of the download
   * @param rttMicros to the cache
   */
  public record Line(String provider, String agent, String prefix, long bps, long rttMicros) {}

  /** A video that was played. */
  public static Report ok(
      Line line, UUID id, UUID campaign, UUID task, Instant slot, String video, String title) {
    Download download = download(line);
    Media media =
        new Media(
            "mp4",
            OptionalLong.of(MEDIA_MICROS),
            OptionalLong.of(MEDIA_BYTES),
            OptionalLong.of(1_000_000),
            OptionalInt.of(640),
            OptionalInt.of(360),
            OptionalDouble.of(25),
            Optional.of("avc1"),
            Optional.of("mp4a"),
            false,
            Optional.empty());
    Playback playback =
        PlaybackModel.play(
            new PlayerBuffer(2_000_000, 100_000, 1_000_000),
            download.arrivals(),
            PlayableMedia.ofMeanBitrate(MEDIA_BYTES, MEDIA_MICROS),
            download.end(),
            download.durationMicros());
    return report(
        line,
        id,
        assignment(line, campaign, task, slot),
        slot,
        new Video(
            "https://videos.example/" + video, "page", Optional.of(video), Optional.of(title)),
        Outcome.OK,
        Optional.empty(),
        Optional.of(download),
        Optional.of(media),
        Optional.of(playback));
  }

  /** A video that could not be fetched. */
  public static Report failed(
      Line line, UUID id, UUID campaign, UUID task, Instant slot, String video, Failure failure) {
    return report(
        line,
        id,
        assignment(line, campaign, task, slot),
        slot,
        new Video("https://videos.example/" + video, "page", Optional.of(video), Optional.empty()),
        Outcome.FAILED,
        Optional.of(failure),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Report report(
      Line line,
      UUID id,
      ReportAssignment assignment,
      Instant slot,
      Video video,
      Outcome outcome,
      Optional<Failure> failure,
      Optional<Download> download,
      Optional<Media> media,
      Optional<Playback> playback) {
    return new Report(
        1,
        id,
        slot.plusSeconds(2),
        20_000_000,
        Optional.of(assignment),
        agent(line),
        video,
        outcome,
        failure,
        Optional.empty(),
        hops(line),
        List.of(
            lookup("system", "203.0.113.10", 9_000),
            lookup("8.8.8.8", "203.0.113.20", 31_000),
            lookup("1.1.1.1", "203.0.113.10", 18_000)),
        List.of(ping("203.0.113.10", line.rttMicros()), ping("203.0.113.20", 48_000)),
        List.of(
            new Cache(
                "cache1.cdn.example",
                List.of("203.0.113.10"),
                OptionalLong.of(64500),
                Optional.of("par"),
                true)),
        download,
        media,
        playback,
        List.of());
  }

  private static ReportAssignment assignment(Line line, UUID campaign, UUID task, Instant slot) {
    Assignment assignment =
        new Assignment(
            1,
            task,
            1,
            campaign,
            0,
            0,
            line.agent(),
            line.agent(),
            0,
            slot,
            slot.plusSeconds(300),
            "https://videos.example/asked",
            MeasurementParameters.DEFAULTS);
    return new ReportAssignment(
        task,
        1,
        campaign,
        0,
        0,
        slot,
        assignment.leaseUntil(),
        SignedMessage.sign(Wire.toBytes(assignment), COORDINATOR).toToken());
  }

  private static AgentInfo agent(Line line) {
    return new AgentInfo(
        line.agent(),
        "vidtomo/0.1.0",
        Optional.of(line.provider()),
        Optional.of(AGENT_IP),
        Optional.of(line.prefix()),
        OptionalLong.of(64496 + line.provider().length()),
        Optional.of(line.provider().toUpperCase(java.util.Locale.ROOT)),
        Optional.of("FR"),
        Optional.of("+01:00"),
        Optional.empty(),
        OptionalLong.of(1000),
        "ipv4");
  }

  private static List<Hop> hops(Line line) {
    return List.of(
        hop(0, "https://videos.example/go/1.mp4", 302, line.rttMicros(), false),
        hop(1, "https://select.cdn.example/1.mp4", 302, line.rttMicros(), false),
        hop(2, "https://cache1.cdn.example/1.mp4", 200, line.rttMicros(), true));
  }

  private static Hop hop(int index, String url, int status, long rtt, boolean last) {
    return new Hop(
        index,
        url,
        "GET",
        OptionalInt.of(status),
        Optional.empty(),
        Optional.of("203.0.113." + (8 + index)),
        Optional.of("HTTP/1.1"),
        Optional.of("TLSv1.3 TLS_AES_128_GCM_SHA256"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Phases(
            OptionalLong.of(9_000),
            OptionalLong.of(rtt),
            OptionalLong.of(rtt * 2),
            OptionalLong.of(rtt + 4_000),
            last ? OptionalLong.of(60_000) : OptionalLong.empty()),
        Map.of("x-client", "you are " + AGENT_IP),
        Optional.empty());
  }

  private static DnsLookup lookup(String resolver, String address, long elapsedMicros) {
    return new DnsLookup(
        "cache1.cdn.example",
        resolver,
        List.of(new DnsAddress(address, 30)),
        List.of(),
        elapsedMicros,
        Optional.empty());
  }

  private static Ping ping(String address, long rtt) {
    return new Ping(
        address,
        "cache1.cdn.example",
        PacketType.TCP_SYN,
        10,
        9,
        List.of(rtt, rtt + 200, rtt + 900),
        OptionalLong.of(rtt),
        OptionalLong.of(rtt + 366),
        OptionalLong.of(rtt + 900),
        0.1,
        Optional.empty());
  }

  /** Bytes at the line's rate, every 50 ms, with a pause in the middle. */
  private static Download download(Line line) {
    List<Arrival> arrivals = new ArrayList<>();
    long perStep = Math.max(1, line.bps() / 8 / 20);
    long left = MEDIA_BYTES;
    long at = 0;
    for (int step = 0; left > 0; step++) {
      long bytes = Math.min(left, perStep);
      long delta = step == 0 ? line.rttMicros() + 30_000 : step % 40 == 0 ? 350_000 : 50_000;
      arrivals.add(new Arrival(delta, bytes));
      at += delta;
      left -= bytes;
    }
    Goodput goodput = Goodput.of(arrivals, at);
    return new Download(
        "https://cache1.cdn.example/1.mp4",
        "203.0.113.10",
        "HTTP/1.1",
        OptionalLong.of(line.rttMicros() + 30_000),
        at,
        MEDIA_BYTES,
        DownloadEnd.END_OF_BODY,
        goodput.goodputBps(),
        goodput.steadyGoodputBps(),
        goodput.maxInstantBps(),
        arrivals,
        Optional.empty(),
        Optional.empty());
  }
}
