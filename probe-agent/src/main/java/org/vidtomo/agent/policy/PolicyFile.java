package org.vidtomo.agent.policy;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vidtomo.runtime.settings.Quantities;
import org.vidtomo.runtime.settings.SettingException;

/** {@code policy.properties} in an agent's directory. */
public final class PolicyFile {
  public static final String NAME = "policy.properties";

  private static final String SITES = "sites";
  private static final String MORE_SITES = "more-sites";
  private static final String ANY_SITE = "any-site";
  private static final String PORTS = "ports";
  private static final String ALLOW_PRIVATE = "allow-private";
  private static final String PER_DAY = "bytes-per-day";
  private static final String PER_MONTH = "bytes-per-month";
  private static final String PER_DOWNLOAD = "bytes-per-download";
  private static final String PING_PACKETS = "ping-packets";
  private static final String QUIET_HOURS = "quiet-hours";
  private static final String BUSY_ABOVE = "busy-above";
  private static final List<String> KEYS =
      List.of(
          SITES,
          MORE_SITES,
          ANY_SITE,
          PORTS,
          ALLOW_PRIVATE,
          PER_DAY,
          PER_MONTH,
          PER_DOWNLOAD,
          PING_PACKETS,
          QUIET_HOURS,
          BUSY_ABOVE);

  private final Path file;
  private final Map<String, String> values;

  private PolicyFile(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /**
   * The policy in a file; the defaults for what it does not say, and where there is none.
   *
   * @throws SettingException when it cannot be read or says what is not known: a policy that was
   *     mistyped must not be taken for a looser one
   */
  public static AgentPolicy load(Path file) {
    if (!Files.exists(file)) {
      return AgentPolicy.DEFAULTS;
    }
    PolicyFile read = new PolicyFile(file, read(file));
    read.refuseUnknown();
    return read.policy();
  }

  private AgentPolicy policy() {
    AgentPolicy defaults = AgentPolicy.DEFAULTS;
    Set<String> sites = get(SITES, PolicyFile::names, defaults.sites());
    Set<String> more = get(MORE_SITES, PolicyFile::names, Set.of());
    return new AgentPolicy(
        Stream.concat(sites.stream(), more.stream()).collect(Collectors.toSet()),
        get(ANY_SITE, PolicyFile::bool, defaults.anySite()),
        get(PORTS, PolicyFile::ports, defaults.ports()),
        get(ALLOW_PRIVATE, PolicyFile::bool, defaults.allowPrivate()),
        get(PER_DAY, Quantities::bytes, defaults.bytesPerDay()),
        get(PER_MONTH, Quantities::bytes, defaults.bytesPerMonth()),
        get(PER_DOWNLOAD, PolicyFile::atLeastOne, defaults.bytesPerDownload()),
        get(PING_PACKETS, text -> number(text, 100), defaults.pingPackets()),
        get(QUIET_HOURS, QuietHours::parse, defaults.quietHours()),
        get(BUSY_ABOVE, Quantities::bitsPerSecond, defaults.busyAboveBps()));
  }

  private <T> T get(String key, Function<String, T> parser, T fallback) {
    String value = values.get(key);
    if (value == null) {
      return fallback;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new SettingException("%s in %s %s".formatted(key, file, e.getMessage()));
    }
  }

  private void refuseUnknown() {
    for (String key : values.keySet()) {
      if (!KEYS.contains(key)) {
        throw new SettingException(
            "%s in %s is not known; known are %s".formatted(key, file, String.join(", ", KEYS)));
      }
    }
  }

  private static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingException("reading the policy in " + file + ": " + e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k).strip()));
    return values;
  }

  private static Set<String> names(String text) {
    return Stream.of(text.split("[,\\s]+"))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Set<Integer> ports(String text) {
    return names(text).stream().map(port -> number(port, 65_535)).collect(Collectors.toSet());
  }

  private static boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("must be true or false, is \"" + text + "\"");
    }
    return text.equals("true");
  }

  private static long atLeastOne(String text) {
    long bytes = Quantities.bytes(text);
    if (bytes < 1) {
      throw new IllegalArgumentException("must be at least 1 byte, is \"" + text + "\"");
    }
    return bytes;
  }

  private static int number(String text, int most) {
    if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException(
          "must be whole numbers from 0 to %d, is \"%s\"".formatted(most, text));
    }
    return Integer.parseInt(text);
  }
}
