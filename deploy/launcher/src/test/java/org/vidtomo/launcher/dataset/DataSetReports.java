package org.vidtomo.launcher.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.ReportAssignment;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.core.report.Video;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.trust.SignedMessage;
import org.vidtomo.core.trust.SigningKey;
import org.vidtomo.core.wire.Wire;

/** Reports as agents send them: each provider's agents in slots of one hour. */
final class DataSetReports {
  static final Instant SLOT =
      Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);
  static final String AGENT_IP = "198.51.100.77";

  private static final String HOST = "cache.example.org";
  private static final SigningKey COORDINATOR = SigningKey.generate();

  private DataSetReports() {}

  /** A report with the assignment that it answers. */
  record Made(Report report, Assignment assignment) {
    byte[] gzipped() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(Wire.toBytes(report));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }

  /** One of a new task: the agent's first attempt. */
  static Made made(UUID campaign, String provider, int agent, int video) {
    return made(campaign, UUID.randomUUID(), 1, provider, agent, video);
  }

  static Made made(UUID campaign, UUID task, int attempt, String provider, int agent, int video) {
    Assignment assignment =
        new Assignment(
            1,
            task,
            attempt,
            campaign,
            video % 2,
            0,
            provider + "-" + agent,
            provider,
            0,
            SLOT.plusMillis(video * 100L),
            SLOT.plusSeconds(3_000),
            "https://www.example.org/watch/" + video,
            MeasurementParameters.DEFAULTS);
    return new Made(report(assignment, agent, video), assignment);
  }

  /** A report without assignment, as {@code vidtomo measure} makes it. */
  static Report local(int video) {
    Report report = made(UUID.randomUUID(), "Anynet", 0, video).report();
    return with(report, Optional.empty());
  }

  private static Report report(Assignment assignment, int agent, int video) {
    long rtt = 5_000 + agent * 1_000L + assignment.target().length() * 2_000L + video % 7 * 300;
    boolean fails = video % 10 == 9;
    Report whole =
        new Report(
            1,
            UUID.randomUUID(),
            assignment.scheduledAt().plusSeconds(2),
            5_000_000,
            Optional.empty(),
            agent(assignment.agentId(), agent),
            new Video(
                assignment.url(),
                "page",
                Optional.of("v" + video),
                Optional.of("=Title, " + video)),
            fails ? Outcome.FAILED : Outcome.OK,
            fails
                ? Optional.of(new Failure(FailureKind.CONNECT_TIMEOUT, "connect", "to " + AGENT_IP))
                : Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(
                new DnsLookup(
                    HOST,
                    "system",
                    List.of(new DnsAddress("192.0.2.1", 30)),
                    List.of(),
                    4_000 + rtt / 10,
                    Optional.empty())),
            List.of(ping(rtt)),
            List.of(
                new Cache(
                    HOST, List.of("192.0.2.1"), OptionalLong.empty(), Optional.empty(), true)),
            fails ? Optional.empty() : Optional.of(download(rtt)),
            fails ? Optional.empty() : Optional.of(media()),
            fails ? Optional.empty() : Optional.of(claimed()),
            List.of());
    return with(
        whole,
        Optional.of(
            new ReportAssignment(
                assignment.taskId(),
                assignment.attempt(),
                assignment.campaignId(),
                assignment.cycle(),
                assignment.round(),
                assignment.scheduledAt(),
                assignment.leaseUntil(),
                SignedMessage.sign(Wire.toBytes(assignment), COORDINATOR).toToken())));
  }

  private static Report with(Report report, Optional<ReportAssignment> assignment) {
    return new Report(
        report.schemaVersion(),
        report.reportId(),
        report.startedAt(),
        report.elapsedMicros(),
        assignment,
        report.agent(),
        report.video(),
        report.outcome(),
        report.failure(),
        report.lookup(),
        report.hops(),
        report.dns(),
        report.pings(),
        report.caches(),
        report.download(),
        report.media(),
        report.playback(),
        report.related());
  }

  private static AgentInfo agent(String id, int number) {
    return new AgentInfo(
        id,
        "vidtomo/test",
        Optional.of("what the agent says"),
        Optional.of(AGENT_IP),
        Optional.of("198.51." + number + ".0/24"),
        OptionalLong.of(64_500),
        Optional.empty(),
        Optional.of("FR"),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(1_500),
        "ipv4");
  }

  private static Ping ping(long rtt) {
    return new Ping(
        "192.0.2.1",
        HOST,
        PacketType.TCP_SYN,
        1,
        1,
        List.of(rtt),
        OptionalLong.of(rtt),
        OptionalLong.of(rtt),
        OptionalLong.of(rtt),
        0,
        Optional.empty());
  }

  private static Download download(long rtt) {
    return new Download(
        "https://" + HOST + "/v.mp4",
        "192.0.2.1",
        "HTTP/1.1",
        OptionalLong.of(rtt * 2),
        rtt * 200,
        10_000,
        DownloadEnd.END_OF_BODY,
        80_000_000_000L / (rtt * 200),
        OptionalLong.empty(),
        16_000,
        List.of(new Arrival(rtt * 20, 2_000), new Arrival(rtt * 180, 8_000)),
        Optional.empty(),
        Optional.empty());
  }

  private static Media media() {
    return new Media(
        "mp4",
        OptionalLong.of(10_000_000),
        OptionalLong.of(10_000),
        OptionalLong.of(8_000),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.of(
            List.of(new TimelinePoint(2_000, 2_000_000), new TimelinePoint(10_000, 10_000_000))));
  }

  /** What is derived is played again: this is not believed where there is a timeline. */
  private static Playback claimed() {
    return new Playback(
        "fixed",
        OptionalLong.of(1),
        List.of(),
        0,
        0,
        10_000_000,
        0,
        OptionalDouble.of(0),
        false,
        OptionalDouble.of(5),
        List.of());
  }
}
