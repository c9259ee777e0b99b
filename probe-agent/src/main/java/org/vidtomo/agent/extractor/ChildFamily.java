package org.vidtomo.agent.extractor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Ends a program with all that it started. */
final class ChildFamily {
  /** They may start others meanwhile. */
  private static final int ROUNDS = 5;

  private ChildFamily() {}

  /** Ends it and its children, who are asked for first: once it is gone they are nobody's. */
  static void end(Process process) {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    family.add(0, process.toHandle());
    for (int i = 0; i < ROUNDS && family.stream().anyMatch(ProcessHandle::isAlive); i++) {
      family.forEach(ProcessHandle::destroyForcibly);
      List<ProcessHandle> more = family.stream().flatMap(ProcessHandle::descendants).toList();
      family = Stream.concat(family.stream(), more.stream()).distinct().toList();
    }
  }

  /**
   * Ends whoever was given a variable, on systems that tell ({@code /proc/<pid>/environ}, proc(5)).
   */
  static void endMarked(String name, String value) {
    String mark = name + "=" + value;
    List<ProcessHandle> marked = marked(mark);
    for (int i = 0; i < ROUNDS && !marked.isEmpty(); i++) {
      marked.forEach(ProcessHandle::destroyForcibly);
      marked = marked(mark);
    }
  }

  private static List<ProcessHandle> marked(String mark) {
    return Files.isDirectory(Path.of("/proc/self"))
        ? ProcessHandle.allProcesses().filter(process -> carries(process.pid(), mark)).toList()
        : List.of();
  }

  private static boolean carries(long pid, String mark) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      return new String(environment, StandardCharsets.ISO_8859_1).contains(mark);
    } catch (IOException e) {
      // Another user's, or gone.
      return false;
    }
  }
}
