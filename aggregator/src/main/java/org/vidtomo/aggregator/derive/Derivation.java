package org.vidtomo.aggregator.derive;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.vidtomo.core.network.Networks;
import org.vidtomo.core.playback.PlaybackModel;
import org.vidtomo.core.playback.PlayerBuffer;
import org.vidtomo.core.report.Access;
import org.vidtomo.core.report.AddressScrub;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Download;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.Media;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Playback;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.AssignedVideo;
import org.vidtomo.core.task.Assignment;
import org.vidtomo.storage.Measurement;

/**
 * What comparisons need of a report. The same report gives the same with the same table of
 * networks, so that it can be done again. Thread-safe.
 */
public final class Derivation {
  /** Raised whenever the same report gives something else. */
  public static final int VERSION = 4;

  /** Attempts at and above this are of agents that declined. */
  public static final int DECLINED = 500_000;

  /** Three minutes, the most that a measurement takes, have 18,000 arrivals 10 ms apart. */
  private static final int MOST_STEPS = 20_000;

  /** An agent's own word: only what is a word is kept. */
  private static final Pattern OPERATION = Pattern.compile("[a-z_]{1,32}");

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
            assignment.url(),
            assignment.video(),
            LeaseWindow.of(assignment).clockOffsetMicros(report));
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
            report.reportId(),
            1,
            campaign,
            0,
            0,
            report.startedAt(),
            report.video().url(),
            Optional.empty(),
            report.agent().clockOffsetMicros());
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
      String url,
      Optional<AssignedVideo> video,
      OptionalLong clockOffsetMicros) {}

  private Measurement measurement(
      Report report, Answered answered, Optional<Playback> playback, AgentNetwork known) {
    AgentInfo agent = report.agent();
    Optional<Download> download = report.download();
    AgentFacts network = AgentFacts.of(agent, known, networks);
    CacheFacts cache = CacheFacts.of(report, networks);
    DownloadFacts rate = DownloadFacts.of(download);
    Optional<Playback> started = playback.filter(p -> p.startupDelayMicros().isPresent());
    UnaryOperator<String> open = withoutAddress(agent);
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
        AgentsWord.name(agent.country()),
        AgentsWord.name(agent.access().flatMap(Access::technology)),
        AgentsWord.name(agent.access().flatMap(Access::lan)),
        AgentsWord.name(agent.addressFamily()),
        answered.clockOffsetMicros(),
        AgentsWord.name(
            answered.video().map(AssignedVideo::service).orElse(report.video().service())),
        videoId(report, answered),
        answered.url(),
        report.video().title().map(open).map(t -> AgentsWord.line(t, AgentsWord.MAX_TITLE)),
        report.outcome(),
        report.failure().map(Failure::kind),
        cache.host().map(open),
        AgentsWord.name(download.map(Download::address)),
        count(playback.map(Playback::startupDelayMicros)),
        AgentsWord.ratio(playback.map(Playback::stallRatio).orElse(OptionalDouble.empty())),
        started.map(p -> AgentsWord.count(p.stallCount())).orElse(OptionalInt.empty()),
        count(started.map(p -> OptionalLong.of(p.stalledMicros()))),
        count(started.map(p -> OptionalLong.of(p.playedMicros()))),
        AgentsWord.score(playback.map(Playback::stallingMos).orElse(OptionalDouble.empty())),
        rate.goodputBps(),
        count(download.map(Download::timeToFirstByteMicros)),
        cache.rttMicros(),
        cache.resolveMicros(),
        count(download.map(d -> OptionalLong.of(d.bytes()))),
        VERSION,
        network.asName(),
        network.providerFrom(),
        network.prefixFrom(),
        network.asnFrom(),
        cache.asn(),
        cache.asName(),
        cache.site(),
        cache.resolvers(),
        agent.utcOffset().map(Derivation::offsetMinutes).orElse(OptionalInt.empty()),
        report.failure().map(Failure::operation).filter(OPERATION.asMatchPredicate()),
        count(report.media().filter(m -> !m.live()).map(Media::durationMicros)),
        count(agent.access().map(Access::planDownBps)),
        rate.contradiction().or(() -> CacheFacts.contradiction(report)));
  }

  /** Measurements are public: what servers repeated of the agent's address is not in them. */
  private static UnaryOperator<String> withoutAddress(AgentInfo agent) {
    return agent
        .publicIp()
        .<UnaryOperator<String>>map(address -> new AddressScrub(address)::text)
        .orElse(UnaryOperator.identity());
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

  private static OptionalInt offsetMinutes(String offset) {
    try {
      return OptionalInt.of(ZoneOffset.of(offset).getTotalSeconds() / 60);
    } catch (DateTimeException e) {
      return OptionalInt.empty();
    }
  }

  /** Played again where the report has what that takes; else as the agent says. */
  private static Optional<Playback> playback(Report report, Assignment assignment) {
    if (report.download().isEmpty() || report.playback().isEmpty()) {
      return Optional.empty();
    }
    Download download = report.download().get();
    if (!canBePlayed(download, report.media())) {
      return report.playback();
    }
    return PlaybackModel.replay(
            PlayerBuffer.of(assignment.parameters()),
            assignment.parameters().player(),
            download,
            report.media())
        .or(report::playback);
  }

  /** Playing takes time with the square of the stalls. */
  private static boolean canBePlayed(Download download, Optional<Media> media) {
    return download.arrivals().size() <= MOST_STEPS
        && download.segments().map(List::size).orElse(0) <= MOST_STEPS
        && media.flatMap(Media::timeline).map(List::size).orElse(0) <= MOST_STEPS;
  }

  /** What the coordinator meant: an agent that names another video counts for this one. */
  private static String videoId(Report report, Answered answered) {
    return answered
        .video()
        .map(AssignedVideo::id)
        .or(
            () ->
                report.video().id().map(id -> AgentsWord.name(report.video().service()) + ":" + id))
        .map(id -> AgentsWord.line(id, AgentsWord.MAX_VIDEO_ID))
        .orElse("url:" + answered.url());
  }

  private static OptionalLong count(Optional<OptionalLong> value) {
    return AgentsWord.count(value.orElse(OptionalLong.empty()));
  }
}
