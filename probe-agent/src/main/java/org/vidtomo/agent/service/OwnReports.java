package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.report.Video;
import org.vidtomo.sites.Sites;
import org.vidtomo.sites.VideoId;

/** Reports of tasks that the agent itself failed at: they too are accounted for. */
final class OwnReports {
  private final Supplier<AgentInfo> agent;
  private final Clock clock;

  OwnReports(Supplier<AgentInfo> agent, Clock clock) {
    this.agent = requireNonNull(agent, "agent");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The agent itself failed. */
  Report failed(VerifiedAssignment task, String detail) {
    return report(task, Outcome.FAILED, new Failure(FailureKind.UNKNOWN, "measure", detail));
  }

  /** What is asked for is beyond this agent: counts against nobody. */
  Report refused(VerifiedAssignment task, String detail) {
    return report(
        task, Outcome.REFUSED_BY_POLICY, new Failure(FailureKind.TOOL_MISSING, "measure", detail));
  }

  /** Others used the line: counts against nobody. */
  Report busy(VerifiedAssignment task) {
    return report(
        task,
        Outcome.REFUSED_BY_POLICY,
        new Failure(FailureKind.LINE_BUSY, "measure", "others used the line of this machine"));
  }

  /** The agent ended before it measured. */
  Report interrupted(VerifiedAssignment task) {
    return report(
        task,
        Outcome.FAILED,
        new Failure(FailureKind.INTERRUPTED, "measure", "the agent ended before it began"));
  }

  private Report report(VerifiedAssignment task, Outcome outcome, Failure failure) {
    String url = task.assignment().url();
    Optional<VideoId> video = Sites.known().identify(url);
    return new Report(
        Report.SCHEMA_VERSION,
        UUID.randomUUID(),
        clock.instant(),
        0,
        Optional.of(task.inReport()),
        agent.get(),
        new Video(
            url,
            video.map(VideoId::service).orElse("page"),
            video.map(VideoId::id),
            Optional.empty()),
        outcome,
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
}
