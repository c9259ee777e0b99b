package org.vidtomo.agent.run;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.core.report.AgentInfo;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.task.HttpProtocol;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.core.task.PlayerRule;
import org.vidtomo.core.task.Steps;

/** Instruments for tests. */
public final class Agents {
  private Agents() {}

  public static AgentInfo info() {
    return new AgentInfo(
        "agent-1",
        "vidtomo/test",
        Optional.of("Fibrelink"),
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

  /** An instrument without policy. */
  public static TaskRunner runner(LocalSettings settings) {
    return new TaskRunner(
        settings,
        TaskRunner.Policy.NONE,
        Agents::info,
        ProgressListener.NONE,
        Clock.systemUTC(),
        System::nanoTime);
  }

  /** Short in everything, with the system's resolver only. */
  public static MeasurementParameters parameters() {
    return parameters(MeasurementParameters.DEFAULTS.initialPlaybackMicros());
  }

  /** Like {@link #parameters()}, playing as soon as there is a little. */
  public static MeasurementParameters eager() {
    return parameters(300_000);
  }

  private static MeasurementParameters parameters(long initialPlaybackMicros) {
    return new MeasurementParameters(
        5_000_000,
        100_000_000,
        2,
        initialPlaybackMicros,
        MeasurementParameters.DEFAULTS.minPlayoutBufferMicros(),
        MeasurementParameters.DEFAULTS.restartBufferMicros(),
        MeasurementParameters.DEFAULTS.player(),
        MeasurementParameters.DEFAULTS.quality(),
        java.util.List.of("system"),
        MeasurementParameters.DEFAULTS.addressFamily(),
        MeasurementParameters.DEFAULTS.http(),
        Steps.ALL,
        20,
        false);
  }

  /** The same with another player. */
  static MeasurementParameters with(MeasurementParameters p, PlayerRule player) {
    return new MeasurementParameters(
        p.downloadTimeMicros(),
        p.downloadBytes(),
        p.pingPackets(),
        p.initialPlaybackMicros(),
        p.minPlayoutBufferMicros(),
        p.restartBufferMicros(),
        player,
        p.quality(),
        p.resolvers(),
        p.addressFamily(),
        p.http(),
        p.steps(),
        p.relatedPerPage(),
        p.anonymous());
  }

  /** Ends once the media is found. */
  public static MeasurementRequest locateOnly(String url) {
    return with(url, parameters().http(), Steps.LOCATE);
  }

  /** Ends after the redirect chain. */
  static MeasurementRequest traceOnly(String url) {
    return with(url, parameters().http(), Steps.TRACE);
  }

  /** Over one version of HTTP. */
  public static MeasurementRequest over(HttpProtocol protocol, String url) {
    return with(url, protocol, Steps.ALL);
  }

  private static MeasurementRequest with(String url, HttpProtocol protocol, Steps steps) {
    MeasurementParameters p = parameters();
    return new MeasurementRequest(
        url,
        new MeasurementParameters(
            p.downloadTimeMicros(),
            p.downloadBytes(),
            p.pingPackets(),
            p.initialPlaybackMicros(),
            p.minPlayoutBufferMicros(),
            p.restartBufferMicros(),
            p.player(),
            p.quality(),
            p.resolvers(),
            p.addressFamily(),
            protocol,
            steps,
            p.relatedPerPage(),
            p.anonymous()),
        Optional.empty());
  }

  public static Report measure(Instrument instrument, Object url) {
    return instrument.measure(
        new MeasurementRequest(url.toString(), parameters(), Optional.empty()));
  }
}
