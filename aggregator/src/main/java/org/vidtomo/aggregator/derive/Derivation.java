package org.vidtomo.aggregator.derive;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Access;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.storage.Measurement;

/**
 * What comparisons need of a report. The same report gives the same with the same table of
 * networks, so that it can be done again. Thread-safe.
 */
public final class Derivation {
  /** Raised whenever the same report gives something else. */
  public static final int VERSION = 2;

  /** Attempts at and above this are of agents that declined. */
  public static final int DECLINED = 500_000;

  private final Networks networks;

  /**
   * A derivation.
   *
   * @param networks the installation's table
   */
  public Derivation(Networks networks) {
    this.networks = requireNonNull(networks, "networks");
  }

  /**
   * Derives a measurement.
   *
   * @param assignment the one that the report answers
   * @param known what the installation knows of the agent's network; it stands above what the agent
   *     says
   */
  public Measurement derive(Report report, Assignment assignment, AgentNetwork known) {
    Answered answered =
        new Answered(
            assignment.taskId(),
            countedAs(report, assignment),
            assignment.campaignId(),
            assignment.cycle(),
            assignment.round(),
            assignment.scheduledAt(),
            assignment.url());
    return measurement(report, answered, playback(report, assignment), known);
  }

  /**
   * Derives a measurement of a report that answers no assignment, as {@code vidtomo measure} makes
   * it: a task of its own, in the slot in which it started. Its player's settings are not known, so
   * that its playback is what it says.
   *
   * @param campaign that it is put into
   */
  public Measurement deriveUnassigned(Report report, UUID campaign) {
    Answered answered =
        new Answered(
            report.reportId(), 1, campaign, 0, 0, report.startedAt(), report.video().url());
    return measurement(
        report,
        answered,
        report.playback().filter(p -> report.download().isPresent()),
        AgentNetwork.UNKNOWN);
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

  private Measurement measurement(
      Report report, Answered answered, Optional<Playback> playback, AgentNetwork known) {
    AgentInfo agent = report.agent();
    Optional<Download> download = report.download();
    AgentFacts network = AgentFacts.of(agent, known, networks);
    CacheFacts cache = CacheFacts.of(report, networks);
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
        network.provider(),
        network.prefix(),
        network.asn(),
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
        cache.host(),
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
        cache.rttMicros(),
        cache.resolveMicros(),
        download.map(d -> OptionalLong.of(d.bytes())).orElse(OptionalLong.empty()),
        VERSION,
        network.asName(),
        network.providerFrom(),
        network.prefixFrom(),
        network.asnFrom(),
        cache.asn(),
        cache.asName(),
        cache.site(),
        cache.resolvers());
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

  private static OptionalLong longOf(Optional<OptionalLong> value) {
    return value.orElse(OptionalLong.empty());
  }
}
