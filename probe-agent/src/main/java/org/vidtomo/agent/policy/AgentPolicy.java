package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.function.Supplier;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.UrlGuard;
import org.vidtomo.core.task.MeasurementParameters;
import org.vidtomo.runtime.http.TranslationPrefix;

/**
 * What the owner of an agent allows.
 *
 * @param sites whose pages tasks may name
 * @param anySite any page, in place of the list
 * @param ports of servers
 * @param allowPrivate test sites on private addresses and any port
 * @param bytesPerDay 0: no measurement at all
 * @param bytesPerMonth of a calendar month
 * @param bytesPerDownload a campaign that asks for more gets this
 * @param pingPackets to one address; a campaign that asks for more gets this
 * @param quietHours in which nothing is measured, by this machine's clock
 * @param busyAboveBps of others on this machine's line, in one direction: then nothing is measured;
 *     0: whatever goes over it
 */
public record AgentPolicy(
    Set<String> sites,
    boolean anySite,
    Set<Integer> ports,
    boolean allowPrivate,
    long bytesPerDay,
    long bytesPerMonth,
    long bytesPerDownload,
    int pingPackets,
    QuietHours quietHours,
    long busyAboveBps) {

  public static final AgentPolicy DEFAULTS =
      new AgentPolicy(
          Set.of(
              "youtube.com",
              "youtu.be",
              "youtube-nocookie.com",
              "dailymotion.com",
              "dai.ly",
              "vimeo.com",
              "framatube.org",
              "archive.org",
              "media.ccc.de"),
          false,
          Set.of(80, 443, 1935, 8080, 8443),
          false,
          2_000_000_000L,
          20_000_000_000L,
          500_000_000L,
          20,
          QuietHours.NONE,
          2_000_000L);

  public AgentPolicy {
    sites = Set.copyOf(sites);
    ports = Set.copyOf(ports);
    requireNonNull(quietHours, "quietHours");
    if (bytesPerDay < 0 || bytesPerMonth < 0 || bytesPerDownload < 1) {
      throw new IllegalArgumentException(
          "bytes per day and month must be >= 0, bytes per download >= 1");
    }
    if (pingPackets < 0 || busyAboveBps < 0) {
      throw new IllegalArgumentException("ping packets and the rate of others must be >= 0");
    }
  }

  /** A policy that is never quiet, whatever goes over the line. */
  public AgentPolicy(
      Set<String> sites,
      boolean anySite,
      Set<Integer> ports,
      boolean allowPrivate,
      long bytesPerDay,
      long bytesPerMonth,
      long bytesPerDownload,
      int pingPackets) {
    this(
        sites,
        anySite,
        ports,
        allowPrivate,
        bytesPerDay,
        bytesPerMonth,
        bytesPerDownload,
        pingPackets,
        QuietHours.NONE,
        0);
  }

  /** This policy, with what the owner opened when starting the agent. */
  public AgentPolicy opened(boolean toAnySite, boolean toPrivate) {
    return new AgentPolicy(
        sites,
        anySite || toAnySite,
        ports,
        allowPrivate || toPrivate,
        bytesPerDay,
        bytesPerMonth,
        bytesPerDownload,
        pingPackets,
        quietHours,
        busyAboveBps);
  }

  /**
   * Which addresses may be connected to.
   *
   * @param publicAddresses this machine's as servers see them, as far as that is known
   * @param translators where its network leads from IPv6 to IPv4
   */
  public AddressGuard addressGuard(
      Supplier<Set<String>> publicAddresses, Supplier<Set<TranslationPrefix>> translators) {
    return new AddressPolicy(allowPrivate, new LocalNetwork(publicAddresses), translators);
  }

  /** Which URLs may be requested. */
  public UrlGuard urlGuard() {
    return new SitePolicy(sites, anySite, ports, allowPrivate);
  }

  /** What a campaign asks for, within what is allowed. */
  public MeasurementParameters limit(MeasurementParameters asked) {
    return new MeasurementParameters(
        asked.downloadTimeMicros(),
        Math.min(asked.downloadBytes(), bytesPerDownload),
        Math.min(asked.pingPackets(), pingPackets),
        asked.initialPlaybackMicros(),
        asked.minPlayoutBufferMicros(),
        asked.restartBufferMicros(),
        asked.player(),
        asked.quality(),
        asked.resolvers(),
        asked.addressFamily(),
        asked.http(),
        asked.steps(),
        asked.relatedPerPage(),
        asked.anonymous());
  }
}
