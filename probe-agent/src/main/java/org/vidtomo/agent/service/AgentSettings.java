package org.vidtomo.agent.service;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.enrol.AgentDirectory;
import org.vidtomo.agent.enrol.Consent;
import org.vidtomo.agent.extractor.ExtractorSettings;
import org.vidtomo.agent.http.ConnectTo;
import org.vidtomo.agent.network.NetworkLookup;
import org.vidtomo.agent.policy.AgentPolicy;
import org.vidtomo.agent.policy.PolicyFile;
import org.vidtomo.agent.run.LocalSettings;
import org.vidtomo.agent.spool.Spool;
import org.vidtomo.core.report.Access;
import org.vidtomo.runtime.network.NetworkSettings;
import org.vidtomo.runtime.settings.Settings;

/**
 * What an agent is told on its own machine, beside its policy file. The README has the table.
 *
 * @param local for the instrument
 * @param anySite in addition to the policy file: any page may be measured
 * @param anonymous the public address is neither sent nor stored
 * @param provider the ISP; empty: as said at enrolment
 * @param country ISO 3166-1, two letters
 * @param access what its owner says of the line
 * @param listen for {@code /health} and {@code /metrics}
 * @param heartbeat between two signs of life
 * @param drain how long the running measurement may go on when the agent is to end
 * @param certificates PEM file of the authorities to trust for broker and coordinator; empty: as at
 *     enrolment
 */
public record AgentSettings(
    AgentDirectory directory,
    LocalSettings local,
    boolean anySite,
    boolean anonymous,
    Optional<String> provider,
    Optional<String> country,
    Optional<Access> access,
    InetSocketAddress listen,
    Duration heartbeat,
    Duration drain,
    Spool.Limits spool,
    Optional<Path> certificates) {
  public static final int DEFAULT_PORT = 8083;

  public AgentSettings {
    requireNonNull(directory, "directory");
    requireNonNull(local, "local");
    requireNonNull(provider, "provider");
    country.ifPresent(AgentSettings::checkCountry);
    requireNonNull(access, "access");
    requireNonNull(listen, "listen");
    if (heartbeat.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("heartbeat must be >= 100 ms, is " + heartbeat);
    }
    if (drain.isNegative() || drain.compareTo(Duration.ofSeconds(5)) > 0) {
      throw new IllegalArgumentException("drain must be 0 to 5 s, is " + drain);
    }
    requireNonNull(spool, "spool");
    requireNonNull(certificates, "certificates");
  }

  /**
   * From a process's settings.
   *
   * @param directory the agent's own
   */
  public static AgentSettings from(Settings settings, Path directory) {
    Spool.Limits limits = Spool.Limits.DEFAULTS;
    return new AgentSettings(
        new AgentDirectory(directory),
        local(settings),
        settings.bool("any.site", false),
        settings.bool("anonymous", false),
        settings.string("provider"),
        settings.string("country"),
        access(settings),
        settings
            .address("agent.listen", DEFAULT_PORT)
            .orElse(InetSocketAddress.createUnresolved("127.0.0.1", DEFAULT_PORT)),
        settings.duration("agent.heartbeat", Duration.ofSeconds(5)),
        settings.duration("agent.drain", Duration.ofMillis(500)),
        new Spool.Limits(
            settings.bytes("agent.spool.bytes", limits.bytes()),
            settings.duration("agent.spool.age", limits.age())),
        settings.path("agent.certificates"));
  }

  /** These settings, within what the owner agreed to: a stored {@code -x} holds at every start. */
  public AgentSettings within(Optional<Consent> consent) {
    return new AgentSettings(
        directory,
        local,
        anySite,
        anonymous || consent.map(Consent::anonymous).orElse(false),
        provider,
        country,
        access,
        listen,
        heartbeat,
        drain,
        spool,
        certificates);
  }

  /**
   * Whom to trust for broker and coordinator: as set, else as at enrolment; empty: the system's.
   */
  public Optional<Path> authorities() {
    return certificates.or(() -> Optional.of(directory.authority()).filter(Files::isRegularFile));
  }

  /** What the owner allows: the policy file, and what was opened when the process was started. */
  public AgentPolicy policy() {
    return PolicyFile.load(directory.policy()).opened(anySite, local.allowPrivate());
  }

  /** The part of the settings that {@code vidtomo measure} reads too. */
  public static LocalSettings local(Settings settings) {
    return new LocalSettings(
        settings.find("bind.address", AgentSettings::literal),
        settings.uri("http.proxy"),
        settings.list("connect.to").stream().map(ConnectTo::parse).toList(),
        settings.path("cacert"),
        settings.bool("allow.private", false),
        settings.find("system.resolver", AgentSettings::resolver),
        extractor(settings),
        networks(settings));
  }

  /** How networks of addresses are found out. */
  public static NetworkLookup networks(Settings settings) {
    return new NetworkLookup(
        NetworkSettings.table(settings), settings.bool("agent.networks.ask", true));
  }

  /** The external extractor; the command {@code none} for none. */
  public static ExtractorSettings extractor(Settings settings) {
    ExtractorSettings defaults = ExtractorSettings.DEFAULTS;
    return new ExtractorSettings(
        settings.string("agent.extractor.command").orElse(defaults.command()),
        settings.string("agent.extractor.arguments").stream()
            .flatMap(text -> Arrays.stream(text.split("\\s+")))
            .toList(),
        settings.duration("agent.extractor.limit", defaults.limit()));
  }

  /** What the machine's owner says of its line. */
  public static Optional<Access> access(Settings settings) {
    Optional<String> technology = settings.string("access");
    Optional<String> lan = settings.string("lan");
    Optional<Long> planDown = settings.bitsPerSecond("plan.down");
    if (technology.isEmpty() && lan.isEmpty() && planDown.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Access(technology, lan, planDown.map(OptionalLong::of).orElseGet(OptionalLong::empty)));
  }

  private static InetAddress literal(String text) {
    if (!text.matches("[0-9a-fA-F:.]+(%\\w+)?")) {
      throw new IllegalArgumentException(
          "must be an address of this machine, such as 192.168.1.7, is \"" + text + "\"");
    }
    try {
      return InetAddress.getByName(text); // A literal: no look-up takes place.
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("must be an address, is \"" + text + "\"", e);
    }
  }

  private static InetSocketAddress resolver(String text) {
    InetSocketAddress given =
        Settings.of(java.util.Map.of("address", text)).address("address", 53).orElseThrow();
    return new InetSocketAddress(literal(given.getHostString()), given.getPort());
  }

  private static void checkCountry(String country) {
    if (!country.matches("[A-Z]{2}")) {
      throw new IllegalArgumentException("country must be two capital letters, is " + country);
    }
  }
}
