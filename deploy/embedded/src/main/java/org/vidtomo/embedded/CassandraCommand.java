package org.vidtomo.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The arguments that Cassandra's JVM is started with. */
final class CassandraCommand {

  private static final int HEAP_MEGABYTES = 320;

  /** Tests make a keyspace of many tables each, and each table takes its part of the heap. */
  private static final int PASSING_HEAP_MEGABYTES = 768;

  private static final String MAIN = "org.apache.cassandra.service.CassandraDaemon";

  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/java.lang.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc",
          "jdk.attach/sun.tools.attach",
          "jdk.compiler/com.sun.tools.javac.file");

  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.module",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.math",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "jdk.management/com.sun.management.internal");

  /** Code is compiled once, and quickly; the schema is not forced to the disk at each change. */
  private static final List<String> PASSING =
      List.of("-XX:TieredStopAtLevel=1", "-Dcassandra.unsafesystem=true");

  private CassandraCommand() {}

  /** One argument a line, quoted as the {@code java} launcher's argument files want it. */
  static String argumentFile(
      CassandraRuntime runtime, CassandraFiles files, EmbeddedCassandra.Lifetime lifetime) {
    List<String> arguments = new ArrayList<>(memory(lifetime));
    arguments.addAll(runtime.archive().options(runtime.jdk()));
    if (runtime.jdk().feature() > 17) {
      arguments.add("-Djava.security.manager=allow");
    }
    EXPORTS.forEach(name -> arguments.add("--add-exports=" + name + "=ALL-UNNAMED"));
    OPENS.forEach(name -> arguments.add("--add-opens=" + name + "=ALL-UNNAMED"));
    arguments.addAll(properties(files));
    if (lifetime == EmbeddedCassandra.Lifetime.PASSING) {
      arguments.addAll(PASSING);
    }
    arguments.add("-cp");
    arguments.add(
        runtime.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    arguments.add(ChildMain.class.getName());
    arguments.add(MAIN);
    return arguments.stream().map(CassandraCommand::quoted).collect(Collectors.joining("\n"));
  }

  private static List<String> memory(EmbeddedCassandra.Lifetime lifetime) {
    boolean passing = lifetime == EmbeddedCassandra.Lifetime.PASSING;
    return List.of(
        "-Xms" + HEAP_MEGABYTES + "m",
        "-Xmx" + (passing ? PASSING_HEAP_MEGABYTES : HEAP_MEGABYTES) + "m",
        "-XX:MaxDirectMemorySize=128m",
        "-XX:+UseSerialGC",
        // Not every JVM knows of class archives.
        "-XX:+IgnoreUnrecognizedVMOptions",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData");
  }

  private static List<String> properties(CassandraFiles files) {
    return List.of(
        "-Dcassandra.config=" + files.settings().toUri(),
        "-Dlogback.configurationFile=" + files.logging().toUri(),
        "-Dcassandra.storagedir=" + files.settings().getParent(),
        "-Djava.io.tmpdir=" + files.temporary(),
        "-Dcassandra-foreground=yes",
        "-Dcassandra.skip_wait_for_gossip_to_settle=0",
        "-Dcassandra.ring_delay_ms=100",
        "-Dcassandra.superuser_setup_delay_ms=0",
        "-Dcassandra.shutdown_announce_in_ms=0",
        "-Djdk.attach.allowAttachSelf=true",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF-8");
  }

  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
