package org.vidtomo.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/** What to do when the JVM ends, the last registered first. */
final class AtExit {

  private static final Deque<Runnable> TASKS = new ArrayDeque<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(AtExit::runAll, "testkit-exit"));
  }

  private AtExit() {}

  static void run(Runnable task) {
    synchronized (TASKS) {
      TASKS.push(task);
    }
  }

  private static void runAll() {
    synchronized (TASKS) {
      TASKS.forEach(Runnable::run);
    }
  }
}
