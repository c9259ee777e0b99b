package org.vidtomo.launcher.options;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The settings that some role or command asks for: those in the example files of {@code
 * deploy/settings}, which are part of the launcher and so cannot be behind it.
 */
public final class KnownSettings {
  /** The examples, by their role. */
  public static final List<String> ROLES =
      List.of("coordinator", "agent", "aggregator", "dashboard", "up", "vidtomo");

  private static final Pattern EXAMPLE = Pattern.compile("(?m)^#([a-z][a-z.]*) = ");

  private KnownSettings() {}

  /** The keys of all examples. */
  static Set<String> keys() {
    return ROLES.stream()
        .flatMap(role -> keys(role).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The keys of a role's example. */
  public static Set<String> keys(String role) {
    Set<String> keys = new TreeSet<>();
    Matcher examples = EXAMPLE.matcher(example(role));
    while (examples.find()) {
      keys.add(examples.group(1));
    }
    return keys;
  }

  /** A role's example file. */
  public static String example(String role) {
    String name = "/org/vidtomo/launcher/settings/" + role + ".properties";
    try (InputStream in = KnownSettings.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the launcher: build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
