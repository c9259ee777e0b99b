package org.vidtomo.runtime.settings;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What a process was told: by flag, else by environment, else by {@code vidtomo.properties}, else
 * the default that the asking code names. The key {@code amqp.uri} is {@code --amqp-uri}, {@code
 * VIDTOMO_AMQP_URI} and {@code amqp.uri = …}. A blank value is no value.
 *
 * <p>Getters throw {@link SettingException}. Immutable.
 */
public final class Settings {
  /** Read from the working directory if there is one, unless {@code --config} names another. */
  public static final String FILE = "vidtomo.properties";

  private static final String CONFIG = "config";

  private final List<Source> sources;
  private final Consumer<String> asked;

  private record Source(Map<String, String> values, Function<String, String> nameOf) {}

  private record Found(String value, String place) {}

  private Settings(List<Source> sources, Consumer<String> asked) {
    this.sources = List.copyOf(sources);
    this.asked = asked;
  }

  /** From these flags, this process's environment, and the file. */
  public static Settings load(Map<String, String> flags) {
    return load(flags, System.getenv(), Path.of(""));
  }

  /**
   * From these flags (by key: {@code amqp.uri}), environment and file.
   *
   * @throws SettingException when a file is named that cannot be read
   */
  public static Settings load(
      Map<String, String> flags, Map<String, String> environment, Path workingDirectory) {
    Settings named =
        new Settings(
            List.of(
                flagSource(flags), new Source(SettingsFile.keys(environment), Settings::variable)),
            key -> {});
    return named
        .file(workingDirectory)
        .map(file -> named.withFallback(SettingsFile.read(file), file.toString()))
        .orElse(named);
  }

  /** The settings file: the one that is named, else the usual one, if it is there. */
  public Optional<Path> file(Path workingDirectory) {
    Path usual = workingDirectory.resolve(FILE);
    return path(CONFIG)
        .map(workingDirectory::resolve)
        .or(() -> Optional.of(usual).filter(Files::exists));
  }

  /** The same settings, telling someone each key that is asked for. */
  public Settings watchedBy(Consumer<String> listener) {
    return new Settings(sources, listener);
  }

  /** Only these values, by key. */
  public static Settings of(Map<String, String> values) {
    return new Settings(List.of(flagSource(values)), key -> {});
  }

  /** These settings, with values that stand above all. */
  public Settings with(Map<String, String> values) {
    return new Settings(
        Stream.concat(Stream.of(flagSource(values)), sources.stream()).toList(), asked);
  }

  /**
   * These settings, with values that stand below all.
   *
   * @param place where they come from, for errors
   */
  public Settings withFallback(Map<String, String> values, String place) {
    Source lowest = new Source(Map.copyOf(values), key -> key + " in " + place);
    return new Settings(Stream.concat(sources.stream(), Stream.of(lowest)).toList(), asked);
  }

  public Optional<String> string(String key) {
    return find(key, Function.identity());
  }

  public String string(String key, String fallback) {
    return string(key).orElse(fallback);
  }

  /** A value without which nothing can be done. */
  public String required(String key) {
    return string(key)
        .orElseThrow(
            () ->
                new SettingException(
                    "%s is not set: give %s, set %s, or write %s = … in %s"
                        .formatted(key, flag(key), variable(key), key, FILE)));
  }

  public int integer(String key, int fallback, int least, int most) {
    return find(key, text -> integer(text, least, most)).orElse(fallback);
  }

  /** {@code true} or {@code false}. */
  public boolean bool(String key, boolean fallback) {
    return find(key, Settings::bool).orElse(fallback);
  }

  public Duration duration(String key, Duration fallback) {
    return find(key, Quantities::duration).orElse(fallback);
  }

  /** A size in bytes. */
  public long bytes(String key, long fallback) {
    return find(key, Quantities::bytes).orElse(fallback);
  }

  /** A rate in bit/s. */
  public Optional<Long> bitsPerSecond(String key) {
    return find(key, Quantities::bitsPerSecond);
  }

  /** An absolute URI. */
  public Optional<URI> uri(String key) {
    return find(key, Settings::absoluteUri);
  }

  public Optional<Path> path(String key) {
    return find(key, Path::of);
  }

  public Path path(String key, Path fallback) {
    return path(key).orElse(fallback);
  }

  /** Values between commas; none if not set. */
  public List<String> list(String key) {
    return string(key).map(Settings::split).orElse(List.of());
  }

  /** {@code host:port}, {@code [v6]:port}, or {@code host} with the default port; not resolved. */
  public Optional<InetSocketAddress> address(String key, int defaultPort) {
    return find(key, text -> HostPort.parse(text, defaultPort));
  }

  /** {@code host:port}s between commas; none if not set. */
  public List<InetSocketAddress> addresses(String key, int defaultPort) {
    return find(key, text -> split(text).stream().map(a -> HostPort.parse(a, defaultPort)).toList())
        .orElse(List.of());
  }

  /** One of an enum's constants, in any case, {@code -} for {@code _}. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
    return find(key, text -> constant(text, type)).orElse(fallback);
  }

  /**
   * A value of any type.
   *
   * @param parser throws IllegalArgumentException saying what is allowed
   */
  public <T> Optional<T> find(String key, Function<String, T> parser) {
    return lookUp(key).map(found -> parse(key, found, parser));
  }

  private Optional<Found> lookUp(String key) {
    asked.accept(key);
    for (Source source : sources) {
      String value = source.values().get(key);
      if (value != null && !value.isBlank()) {
        return Optional.of(new Found(value.strip(), source.nameOf().apply(key)));
      }
    }
    return Optional.empty();
  }

  private static <T> T parse(String key, Found found, Function<String, T> parser) {
    try {
      return parser.apply(found.value());
    } catch (IllegalArgumentException e) {
      String shown = Secrets.hidden(key, found.value(), e.getMessage());
      throw new SettingException(found.place() + ": " + shown, Secrets.isSecret(key) ? null : e);
    }
  }

  private static int integer(String text, int least, int most) {
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Answered below, as a number out of bounds is.
    }
    throw new IllegalArgumentException(
        "must be a whole number from %d to %d, is \"%s\"".formatted(least, most, text));
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, is \"" + text + "\"");
    };
  }

  private static URI absoluteUri(String text) {
    URI uri = URI.create(text);
    if (!uri.isAbsolute()) {
      throw new IllegalArgumentException(
          "must be a URI with its scheme, such as http://host:8081, is \"" + text + "\"");
    }
    return uri;
  }

  private static <E extends Enum<E>> E constant(String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text.replace('-', '_'))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "must be one of %s, is \"%s\""
            .formatted(
                Stream.of(type.getEnumConstants())
                    .map(c -> c.name().toLowerCase(Locale.ROOT))
                    .toList(),
                text));
  }

  private static List<String> split(String text) {
    return Stream.of(text.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static Source flagSource(Map<String, String> flags) {
    return new Source(Map.copyOf(flags), Settings::flag);
  }

  private static String flag(String key) {
    return "--" + key.replace('.', '-');
  }

  /** The environment variable that sets the key. */
  public static String variable(String key) {
    return "VIDTOMO_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
