package org.vidtomo.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedTasksTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration WEEK = Duration.ofDays(7);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void place() {
    file = directory.resolve("finished");
  }

  @Test
  void finishedTask_isRememberedOverRestarts_perAttempt() throws IOException {
    TaskKey task = task();
    try (FinishedTasks journal = open(CLOCK)) {
      journal.add(task);
      assertThat(journal.contains(task)).isTrue();
    }
    try (FinishedTasks journal = open(CLOCK)) {
      assertThat(journal.contains(task)).isTrue();
      assertThat(journal.contains(new TaskKey(task.taskId(), 2))).isFalse();
      journal.remove(task);
    }
    try (FinishedTasks journal = open(CLOCK)) {
      assertThat(journal.contains(task)).isFalse();
    }
  }

  @Test
  void oldTasks_areForgotten() throws IOException {
    TaskKey task = task();
    try (FinishedTasks journal = open(CLOCK)) {
      journal.add(task);
    }
    try (FinishedTasks journal = open(Clock.offset(CLOCK, Duration.ofDays(8)))) {
      assertThat(journal.contains(task)).isFalse();
    }
    assertThat(file).isEmptyFile();
  }

  @Test
  void damage_costsTheDamagedLinesOnly() throws IOException {
    List<TaskKey> tasks = new ArrayList<>();
    try (FinishedTasks journal = open(CLOCK)) {
      for (int i = 0; i < 8; i++) {
        tasks.add(task());
        journal.add(tasks.get(i));
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      byte[] bytes = whole.clone();
      int lineBytes = bytes.length / 8;
      int at = random.nextInt(bytes.length);
      if (seed % 2 == 0) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
      } else {
        Files.write(file, Arrays.copyOf(bytes, at));
      }
      try (FinishedTasks journal = open(CLOCK)) {
        int intactBefore = at / lineBytes;
        for (int i = 0; i < intactBefore; i++) {
          assertThat(journal.contains(tasks.get(i))).as("seed %d, line %d", seed, i).isTrue();
        }
        // A lost line end costs its neighbour too.
        for (int i = intactBefore + 2; i < 8 && seed % 2 == 0; i++) {
          assertThat(journal.contains(tasks.get(i))).as("seed %d, line %d", seed, i).isTrue();
        }
        TaskKey next = task();
        journal.add(next);
        assertThat(journal.contains(next)).isTrue();
      }
    }
  }

  @Test
  void writeThatFailed_doesNotSpoilTheNext() throws IOException {
    TaskKey failing = task();
    TaskKey next = task();
    try (FinishedTasks journal = open(CLOCK)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> journal.add(failing)).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
      journal.add(next);
    }
    try (FinishedTasks journal = open(CLOCK)) {
      assertThat(journal.contains(failing)).isTrue();
      assertThat(journal.contains(next)).isTrue();
    }
  }

  @Test
  void journal_doesNotGrowWithoutEnd() throws IOException {
    TaskKey task = task();
    try (FinishedTasks journal = open(CLOCK)) {
      for (int i = 0; i < 500; i++) {
        journal.add(task);
      }
    }
    assertThat(Files.readAllLines(file)).hasSizeLessThan(300);
  }

  private FinishedTasks open(Clock clock) throws IOException {
    return FinishedTasks.open(file, WEEK, clock);
  }

  private static TaskKey task() {
    return new TaskKey(UUID.randomUUID(), 1);
  }
}
