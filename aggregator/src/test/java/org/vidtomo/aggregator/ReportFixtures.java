package org.vidtomo.aggregator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Arrival;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsAddress;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.DownloadEnd;
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

/** Reports as agents send them. */
public final class ReportFixtures {
  /** Yesterday: reports are taken for a week. */
  public static final Instant SLOT =
      Instant.now()
          .truncatedTo(ChronoUnit.DAYS)
          .minus(Duration.ofDays(1))
          .plus(Duration.ofMinutes(10 * 60 + 15));

  private ReportFixtures() {}

  /** An assignment of a new task. */
  public static Assignment assignment(UUID campaign, UUID task, int attempt, String agent) {
    return new Assignment(
        1,
        task,
        attempt,
        campaign,
        0,
        0,
        agent,
        "Fibrelink",
        0,
        SLOT,
        SLOT.plusSeconds(600),
        "https://www.example.org/watch/1",
        MeasurementParameters.DEFAULTS);
  }

  /** A report of an agent, with the assignment as the coordinator signed it. */
  public static Report report(Assignment assignment, String token, String agent) {
    return report(assignment, token, agent(agent));
  }

  /** A report of an agent that says this of itself. */
  public static Report report(Assignment assignment, String token, AgentInfo agent) {
    return new Report(
        1,
        UUID.randomUUID(),
        assignment.scheduledAt().plusSeconds(2),
        5_000_000,
        Optional.of(
            new ReportAssignment(
                assignment.taskId(),
                assignment.attempt(),
                assignment.campaignId(),
                assignment.cycle(),
                assignment.round(),
                assignment.scheduledAt(),
                assignment.leaseUntil(),
                token)),
        agent,
        new Video(assignment.url(), "page", Optional.of("1"), Optional.of("A title")),
        Outcome.OK,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(
            new DnsLookup(
                "cache.example.org",
                "system",
                List.of(new DnsAddress("192.0.2.1", 30)),
                List.of(),
                4_321,
                Optional.empty())),
        List.of(
            new Ping(
                "192.0.2.1",
                "cache.example.org",
                PacketType.TCP_SYN,
                1,
                1,
                List.of(1234L),
                OptionalLong.of(1234),
                OptionalLong.of(1234),
                OptionalLong.of(1234),
                0,
                Optional.empty())),
        List.of(
            new Cache(
                "cache.example.org",
                List.of("192.0.2.1"),
                OptionalLong.empty(),
                Optional.empty(),
                true)),
        Optional.of(download()),
        Optional.of(media()),
        Optional.of(claimedPlayback()),
        List.of("https://www.example.org/watch/2"));
  }

  /** The same report, begun at another time by its agent's clock. */
  public static Report startedAt(Report report, Instant startedAt) {
    return changed(report, json -> json.put("startedAt", startedAt.toString()));
  }

  /** The same report with something changed. */
  public static Report changed(Report report, Consumer<ObjectNode> change) {
    ObjectNode json = Wire.mapper().valueToTree(report);
    change.accept(json);
    return Wire.mapper().convertValue(json, Report.class);
  }

  private static AgentInfo agent(String id) {
    return new AgentInfo(
        id,
        "vidtomo/test",
        Optional.of("What the agent says"),
        Optional.empty(),
        Optional.of("192.0.2.0/24"),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        "ipv4");
  }

  /** Two seconds of media at 1 s, the rest at 6 s: one stall of 3.1 s. */
  private static Download download() {
    return new Download(
        "https://cache.example.org/v.mp4",
        "192.0.2.1",
        "HTTP/1.1",
        OptionalLong.of(100_000),
        6_000_000,
        10_000,
        DownloadEnd.END_OF_BODY,
        13_333,
        OptionalLong.empty(),
        16_000,
        List.of(new Arrival(1_000_000, 2_000), new Arrival(5_000_000, 8_000)),
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

  /** Better than the arrivals allow. */
  private static Playback claimedPlayback() {
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

  /** The body of a message with this report. */
  public static byte[] gzip(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A report's message: its body and headers. */
  public record Message(byte[] body, Map<String, String> headers) {}

  /** Signs a report as an agent does. */
  public static Message signed(Report report, SigningKey key) {
    return signed(gzip(Wire.toBytes(report)), key);
  }

  /** Signs a body as an agent does. */
  public static Message signed(byte[] body, SigningKey key) {
    Map<String, String> headers = new HashMap<>(SignedMessage.sign(body, key).headers());
    headers.put("x-encoding", "gzip");
    return new Message(body, headers);
  }

  /** The coordinator's signed word. */
  public static String token(Assignment assignment, SigningKey coordinator) {
    return SignedMessage.sign(Wire.toBytes(assignment), coordinator).toToken();
  }
}
