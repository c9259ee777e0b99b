package org.vidtomo.embedded;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java installation that Cassandra 5.0 runs on.
 *
 * <p>Cassandra supports 11 and 17. 18 to 23 still have the security manager that it installs, if
 * allowed to; from 24 on it is gone (JEP 486).
 */
record CassandraJdk(Path home, int feature) {

  /** Names the installation; before every other place. */
  static final String SETTING = "VIDTOMO_CASSANDRA_JAVA_HOME";

  // "17.0.15", and until Java 8 "1.8.0_412".
  private static final Pattern FEATURE = Pattern.compile("\"?(?:1\\.)?(\\d{1,3})");
  private static final int OLDEST = 11;
  private static final int NEWEST = 23;

  Path java() {
    return executable(home);
  }

  /**
   * The most fitting installation: 17, then 11, then 18 to 23; the running one first among equals.
   *
   * @throws EmbeddedException naming what was looked at and what to install
   */
  static CassandraJdk find(Map<String, String> environment, Path runningHome, List<Path> roots) {
    Optional<String> named = Optional.ofNullable(environment.get(SETTING));
    Set<Path> homes = new LinkedHashSet<>();
    if (named.isPresent()) {
      homes.add(Path.of(named.get()));
    } else {
      homes.add(runningHome);
      Optional.ofNullable(environment.get("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
      roots.forEach(root -> homes.addAll(installedIn(root)));
    }
    List<String> seen = new ArrayList<>();
    return homes.stream()
        .map(home -> inspect(home, seen))
        .flatMap(Optional::stream)
        .min(Comparator.comparingInt(CassandraJdk::preference))
        .orElseThrow(() -> notFound(seen));
  }

  static CassandraJdk find() {
    return find(System.getenv(), Path.of(System.getProperty("java.home")), usualRoots());
  }

  private static List<Path> usualRoots() {
    String home = System.getProperty("user.home");
    return Stream.of(
            "/usr/lib/jvm",
            "/usr/java",
            "/opt",
            "/Library/Java/JavaVirtualMachines",
            home + "/Library/Java/JavaVirtualMachines",
            home + "/.sdkman/candidates/java",
            home + "/.jdks",
            "C:\\Program Files\\Java",
            "C:\\Program Files\\Eclipse Adoptium",
            "C:\\Program Files\\Microsoft",
            "C:\\Program Files\\Zulu")
        .map(Path::of)
        .toList();
  }

  private static List<Path> installedIn(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      // macOS keeps the home two levels further down.
      return entries
          .sorted()
          .flatMap(entry -> Stream.of(entry, entry.resolve("Contents/Home")))
          .filter(home -> Files.exists(executable(home)))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Optional<CassandraJdk> inspect(Path home, List<String> seen) {
    Optional<Integer> feature = feature(home);
    seen.add(home + feature.map(number -> " (Java " + number + ")").orElse(" (no Java found)"));
    return feature
        .filter(number -> number >= OLDEST && number <= NEWEST)
        .filter(number -> Files.isExecutable(executable(home)))
        .map(number -> new CassandraJdk(home, number));
  }

  /** Every JDK since 9 has a {@code release} file; asking {@code java -version} costs more. */
  private static Optional<Integer> feature(Path home) {
    Properties release = new Properties();
    try (Reader reader =
        Files.newBufferedReader(home.resolve("release"), StandardCharsets.ISO_8859_1)) {
      release.load(reader);
      Matcher version = FEATURE.matcher(release.getProperty("JAVA_VERSION", ""));
      return version.lookingAt()
          ? Optional.of(Integer.valueOf(version.group(1)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Path executable(Path home) {
    Path windows = home.resolve("bin/java.exe");
    return Files.exists(windows) ? windows : home.resolve("bin/java");
  }

  private int preference() {
    return switch (feature) {
      case 17 -> 0;
      case 11 -> 1;
      default -> feature;
    };
  }

  private static EmbeddedException notFound(List<String> seen) {
    return new EmbeddedException(
        "Cannot start Cassandra: it needs a JDK 17 (11 works too; 24 and later don't), and none was found. Install one beside yours (Debian: apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@17; or https://adoptium.net), or set %s to its home. Looked at: %s"
            .formatted(SETTING, String.join(", ", seen)));
  }
}
