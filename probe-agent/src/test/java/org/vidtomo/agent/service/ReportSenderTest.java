package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.agent.spool.FinishedTasks;
import org.vidtomo.agent.spool.Spool;
import org.vidtomo.agent.spool.SpooledReport;
import org.vidtomo.agent.spool.TaskKey;
import org.vidtomo.messaging.OutgoingMessage;
import org.vidtomo.messaging.Publisher;

class ReportSenderTest {
  private static final int LEFT = 15;

  @TempDir private Path directory;

  @Test
  void reportsThatWaitedOnDisk_goOneByOne_20ASecondAtTheMost() throws Exception {
    Clock clock = Clock.systemUTC();
    Spool spool = Spool.open(directory.resolve("spool"), Spool.Limits.DEFAULTS, clock);
    for (int i = 0; i < LEFT; i++) {
      spool.append(
          new SpooledReport(
              new TaskKey(UUID.randomUUID(), 1),
              "a-1.ok",
              "id-" + i,
              Map.of(),
              clock.instant(),
              new byte[10]));
    }
    Recorder recorder = new Recorder();
    try (FinishedTasks finished =
            FinishedTasks.open(directory.resolve("finished"), Duration.ofDays(1), clock);
        ReportSender sender = new ReportSender("sender", spool, finished, recorder, clock)) {
      sender.start();
      await().atMost(Duration.ofSeconds(30)).until(() -> spool.records() == 0);
    }
    assertThat(recorder.nanos).hasSize(LEFT);
    Duration taken = Duration.ofNanos(recorder.nanos.get(LEFT - 1) - recorder.nanos.get(0));
    assertThat(taken).isGreaterThanOrEqualTo(Duration.ofMillis(50L * (LEFT - 1)));
  }

  /** Takes everything, and notes when. */
  private static final class Recorder implements Publisher {
    private final List<Long> nanos = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Void> publish(OutgoingMessage message) {
      return publish(message, Duration.ZERO);
    }

    @Override
    public CompletableFuture<Void> publish(OutgoingMessage message, Duration timeout) {
      nanos.add(System.nanoTime());
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void publishAndWait(OutgoingMessage message, Duration timeout) {
      publish(message, timeout).join();
    }

    @Override
    public boolean tryPublish(OutgoingMessage message) {
      return false;
    }
  }
}
