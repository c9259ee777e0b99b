package org.vidtomo.messaging;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Names the threads of one connection. They are daemons: what must be finished is waited for. */
record Threads(String connectionName) {
  Thread named(String purpose, Runnable work) {
    Thread thread = new Thread(work, connectionName + "-" + purpose);
    thread.setDaemon(true);
    return thread;
  }

  ThreadFactory factory(String purpose) {
    AtomicInteger number = new AtomicInteger();
    return work -> named(purpose + "-" + number.incrementAndGet(), work);
  }

  ScheduledThreadPoolExecutor single(String purpose) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, work -> named(purpose, work));
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }
}
