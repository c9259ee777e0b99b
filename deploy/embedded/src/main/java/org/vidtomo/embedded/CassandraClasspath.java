package org.vidtomo.embedded;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The directory with Cassandra's jars, which are never on Vidtomo's own class path. */
final class CassandraClasspath {

  /** Names the directory; before every other place. */
  static final String SETTING = "VIDTOMO_CASSANDRA_LIB";

  private static final int LEVELS_UP = 5;

  private CassandraClasspath() {}

  /**
   * Cassandra's jars, sorted by name.
   *
   * @throws EmbeddedException naming the places looked at
   */
  static List<Path> find(Map<String, String> environment) {
    return find(environment, ownLocation());
  }

  static List<Path> find(Map<String, String> environment, Path ownLocation) {
    Set<Path> places = places(environment, ownLocation);
    return places.stream()
        .map(CassandraClasspath::jarsIn)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> notFound(places));
  }

  private static Set<Path> places(Map<String, String> environment, Path ownLocation) {
    Set<Path> places = new LinkedHashSet<>();
    Optional.ofNullable(environment.get(SETTING)).map(Path::of).ifPresent(places::add);
    Path place = ownLocation;
    for (int i = 0; i < LEVELS_UP && place != null; i++, place = place.getParent()) {
      // A distribution's lib directory, its root, and a source checkout that has been built.
      places.add(place.resolve("cassandra"));
      places.add(place.resolve("lib/cassandra"));
      places.add(place.resolve("deploy/embedded/cassandra/target/lib"));
    }
    return places;
  }

  private static Path ownLocation() {
    try {
      return Path.of(
          CassandraClasspath.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<List<Path>> jarsIn(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
      boolean complete = jars.stream().anyMatch(CassandraClasspath::isCassandra);
      return complete ? Optional.of(jars) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isCassandra(Path jar) {
    return jar.getFileName().toString().startsWith("cassandra-all-");
  }

  private static EmbeddedException notFound(Set<Path> places) {
    List<String> names = new ArrayList<>();
    places.forEach(place -> names.add(place.toString()));
    return new EmbeddedException(
        "Cannot start Cassandra: its jars were not found. In a source checkout build the project first (./mvnw -DskipTests package); else set %s to the directory that holds them. Looked in: %s"
            .formatted(SETTING, String.join(", ", names)));
  }
}
