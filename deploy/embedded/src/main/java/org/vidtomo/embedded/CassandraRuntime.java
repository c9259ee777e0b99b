package org.vidtomo.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * What Cassandra's JVM is made of.
 *
 * @param classPath Cassandra's jars and the one with {@link ChildMain}
 */
record CassandraRuntime(CassandraJdk jdk, List<Path> classPath, CassandraArchive archive) {

  private static final String MAIN_CLASS_FILE =
      ChildMain.class.getName().replace('.', '/') + ".class";

  CassandraRuntime {
    classPath = List.copyOf(classPath);
  }

  /**
   * Finds Java and Cassandra on this machine.
   *
   * @param fallback where the jar with the main class goes when the directory of Cassandra's jars
   *     cannot be written to
   */
  static CassandraRuntime find(Path fallback) {
    CassandraJdk jdk = CassandraJdk.find();
    List<Path> jars = CassandraClasspath.find(System.getenv());
    try {
      Path directory = jars.get(0).resolveSibling("archive");
      Path own = Files.isWritable(directory.getParent()) ? directory : fallback;
      PrivateFiles.createDirectory(own);
      List<Path> classPath = Stream.concat(jars.stream(), Stream.of(mainJar(own))).toList();
      return new CassandraRuntime(jdk, classPath, new CassandraArchive(own, jdk, classPath));
    } catch (IOException e) {
      throw new EmbeddedException("Cannot prepare the start of Cassandra (%s).".formatted(e), e);
    }
  }

  /** A jar, since class data archives know of no directories of classes. */
  private static Path mainJar(Path directory) throws IOException {
    Path file = directory.resolve("child.jar");
    byte[] jar = jarOfMain();
    // Left untouched when it is the same: the archive is bound to its time stamp.
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), jar)) {
      Path partial = Files.createTempFile(directory, "child", ".new");
      Files.write(partial, jar);
      Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static byte[] jarOfMain() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes);
        InputStream type = ChildMain.class.getResourceAsStream("/" + MAIN_CLASS_FILE)) {
      JarEntry entry = new JarEntry(MAIN_CLASS_FILE);
      entry.setTimeLocal(Instant.EPOCH.atZone(ZoneOffset.UTC).toLocalDateTime());
      jar.putNextEntry(entry);
      type.transferTo(jar);
    }
    return bytes.toByteArray();
  }
}
