package org.vidtomo.aggregator.derive;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Access;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Cache;
import org.vidtomo.core.report.DnsLookup;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.storage.Measurement;

/** What comparisons need of a report. A pure function, so that it can be done again. */
public final class Derivation {
  /** Raised whenever the same report gives something else. */
  public static final int VERSION = 1;

  /** Attempts at and above this are of agents that declined. */
  public static final int DECLINED = 500_000;

  private static final String SYSTEM_RESOLVER = "system";

  private Derivation() {}

  /**
   * Derives a measurement.
   *
   * @param assignment the one that the report answers
   * @param enrolledProvider what the coordinator knows of the agent's ISP; it stands above what the
   *     agent says
   */
  public static Measurement derive(
      Report report, Assignment assignment, Optional<String> enrolledProvider) {
    Answered answered =
        new Answered(
            assignment.taskId(),
            countedAs(report, assignment),
            assignment.campaignId(),
            assignment.cycle(),
            assignment.round(),
            assignment.scheduledAt(),
            assignment.url());
    return measurement(report, answered, playback(report, assignment), enrolledProvider);
  }

  /**
   * Derives a measurement of a report that answers no assignment, as {@code vidtomo measure} makes
   * it: a task of its own, in the slot in which it started. Its player's settings are not known, so
   * that its playback is what it says.
   *
   * @param campaign that it is put into
   */
  public static Measurement deriveUnassigned(Report report, UUID campaign) {
    Answered answered =
        new Answered(
            report.reportId(), 1, campaign, 0, 0, report.startedAt(), report.video().url());
    return measurement(
        report,
        answered,
        report.playback().filter(p -> report.download().isPresent()),
        Optional.empty());
  }

  /** The task that a report is of. */
  private record Answered(
      UUID taskId,
      int attempt,
      UUID campaignId,
      int cycle,
      int round,
      Instant scheduledAt,
      String url) {}

  private static Measurement measurement(
      Report report,
      Answered answered,
      Optional<Playback> playback,
      Optional<String> enrolledProvider) {
    AgentInfo agent = report.agent();
    Optional<Download> download = report.download();
    Optional<String> host = cacheHost(report);
    return new Measurement(
        report.reportId(),
        answered.taskId(),
        answered.attempt(),
        Optional.of(answered.campaignId()),
        answered.cycle(),
        answered.round(),
        answered.scheduledAt(),
        report.startedAt(),
        agent.id(),
        enrolledProvider.or(agent::provider),
        agent.prefix(),
        agent.asn(),
        agent.country(),
        agent.access().flatMap(Access::technology),
        agent.access().flatMap(Access::lan),
        agent.addressFamily(),
        agent.clockOffsetMicros(),
        report.video().service(),
        videoId(report, answered),
        answered.url(),
        report.video().title(),
        report.outcome(),
        report.failure().map(Failure::kind),
        host,
        download.map(Download::address),
        longOf(playback.map(Playback::startupDelayMicros)),
        playback.map(Playback::stallRatio).orElse(OptionalDouble.empty()),
        playback
            .filter(Derivation::started)
            .map(p -> OptionalInt.of(p.stallCount()))
            .orElse(OptionalInt.empty()),
        playback
            .filter(Derivation::started)
            .map(p -> OptionalLong.of(p.stalledMicros()))
            .orElse(OptionalLong.empty()),
        playback
            .filter(Derivation::started)
            .map(p -> OptionalLong.of(p.playedMicros()))
            .orElse(OptionalLong.empty()),
        playback.map(Playback::stallingMos).orElse(OptionalDouble.empty()),
        download
            .filter(d -> d.bytes() > 0)
            .map(d -> OptionalLong.of(d.goodputBps()))
            .orElse(OptionalLong.empty()),
        longOf(download.map(Download::timeToFirstByteMicros)),
        roundTrip(report),
        host.map(h -> resolveTime(report, h)).orElse(OptionalLong.empty()),
        download.map(d -> OptionalLong.of(d.bytes())).orElse(OptionalLong.empty()),
        VERSION);
  }

  /**
   * The lowest attempt counts. One that measured nothing because its lease was over must not stand
   * before a later one that did: the coordinator gives such a task out again.
   */
  private static int countedAs(Report report, Assignment assignment) {
    return report.outcome() == Outcome.EXPIRED
        ? DECLINED + assignment.attempt()
        : assignment.attempt();
  }

  private static boolean started(Playback playback) {
    return playback.startupDelayMicros().isPresent();
  }

  /** Played again where the report has what that takes; else as the agent says. */
  private static Optional<Playback> playback(Report report, Assignment assignment) {
    if (report.download().isEmpty() || report.playback().isEmpty()) {
      return Optional.empty();
    }
    Download download = report.download().get();
    return PlaybackModel.replay(
            PlayerBuffer.of(assignment.parameters()),
            assignment.parameters().player(),
            download,
            report.media())
        .or(report::playback);
  }

  private static String videoId(Report report, Answered answered) {
    return report
        .video()
        .id()
        .map(id -> report.video().service() + ":" + id)
        .orElse("url:" + answered.url());
  }

  private static Optional<String> cacheHost(Report report) {
    return report
        .download()
        .flatMap(d -> host(d.url()))
        .or(() -> report.caches().stream().filter(Cache::last).map(Cache::host).findFirst());
  }

  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The least delay of the address that was downloaded from, else of the last cache's. */
  private static OptionalLong roundTrip(Report report) {
    Stream<String> downloaded = report.download().map(Download::address).stream();
    Stream<String> last =
        report.caches().stream().filter(Cache::last).flatMap(c -> c.addresses().stream());
    return Stream.concat(downloaded, last)
        .flatMap(
            address ->
                report.pings().stream()
                    .filter(p -> p.packetType() == PacketType.TCP_SYN)
                    .filter(p -> p.address().equals(address)))
        .map(Ping::minMicros)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .orElse(OptionalLong.empty());
  }

  private static OptionalLong resolveTime(Report report, String host) {
    return report.dns().stream()
        .filter(d -> d.host().equalsIgnoreCase(host) && d.resolver().equals(SYSTEM_RESOLVER))
        .filter(d -> d.failure().isEmpty())
        .mapToLong(DnsLookup::elapsedMicros)
        .findFirst();
  }

  private static OptionalLong longOf(Optional<OptionalLong> value) {
    return value.orElse(OptionalLong.empty());
  }
}
