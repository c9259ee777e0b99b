package org.vidtomo.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A class data archive (AppCDS, JEP 350) of Cassandra's classes, kept beside its jars: with it a
 * start takes about half the time. The first start from an installation writes it, all later ones
 * use it. Where it cannot be written, all works as well without.
 */
final class CassandraArchive {

  /** A JVM can write one while it runs since Java 17. */
  private static final int OLDEST_JAVA = 17;

  private final Path file;

  /**
   * @param directory where it is or will be; may be missing
   * @param classPath all jars, in order
   */
  CassandraArchive(Path directory, CassandraJdk jdk, List<Path> classPath) throws IOException {
    this.file = directory.resolve("classes-" + key(jdk, classPath) + ".jsa");
  }

  /** The JVM ignores an archive that does not fit its class path to the time stamp. */
  private static String key(CassandraJdk jdk, List<Path> classPath) throws IOException {
    StringBuilder all = new StringBuilder(Files.readString(jdk.home().resolve("release")));
    for (Path jar : classPath) {
      all.append(jar).append(Files.getLastModifiedTime(jar)).append(Files.size(jar));
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Whether the child should be asked to write it. */
  boolean wanted(CassandraJdk jdk) {
    return jdk.feature() >= OLDEST_JAVA && !exists() && Files.isWritable(file.getParent());
  }

  /** The JVM options that use the archive, or prepare for writing it. */
  List<String> options(CassandraJdk jdk) {
    if (exists()) {
      return List.of("-XX:SharedArchiveFile=" + file);
    }
    return wanted(jdk)
        ? List.of("-XX:+RecordDynamicDumpInfo", "-D" + ChildMain.ARCHIVE_PROPERTY + "=" + file)
        : List.of();
  }

  /** Deletes those of earlier jars and Java versions. */
  void deleteOthers() {
    try (Stream<Path> files = Files.list(file.getParent())) {
      files
          .filter(other -> other.toString().endsWith(".jsa") && !other.equals(file))
          .forEach(other -> other.toFile().delete());
    } catch (IOException e) {
      // They only take space.
    }
  }
}
