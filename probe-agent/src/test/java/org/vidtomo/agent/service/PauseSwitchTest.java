package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.vidtomo.agent.policy.QuietHours;
import org.vidtomo.messaging.Subscription;
import org.vidtomo.testkit.TempDirectories;

class PauseSwitchTest {
  private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private final Path file = TempDirectories.create("pause").resolve("paused");
  private final Tasks tasks = new Tasks();
  private Instant now = Instant.parse("2026-11-20T12:00:00Z");

  @Test
  void quiet_hours_begin_and_end_by_the_clock_on_the_wall() {
    PauseSwitch pause = pause("22:00-07:00");
    assertThat(pause.look(tasks)).isFalse();
    assertThat(tasks.paused()).isFalse();

    now = Instant.parse("2026-11-20T21:00:00Z");
    assertThat(pause.look(tasks)).isTrue();
    assertThat(tasks.paused()).isTrue();
    assertThat(pause.rests()).isTrue();
    assertThat(pause.paused()).isFalse();
    assertThat(pause.quietUntil()).contains(Instant.parse("2026-11-21T06:00:00Z"));
    assertThat(pause.look(tasks)).isFalse();

    now = Instant.parse("2026-11-21T06:00:00Z");
    assertThat(pause.look(tasks)).isTrue();
    assertThat(tasks.paused()).isFalse();
    assertThat(pause.rests()).isFalse();
  }

  @Test
  void owners_pause_outlasts_quiet_hours() throws Exception {
    PauseSwitch pause = pause("Sat,Sun");
    Files.createFile(file);
    now = Instant.parse("2026-11-21T12:00:00Z");
    pause.look(tasks);
    assertThat(pause.paused()).isTrue();
    assertThat(pause.quietUntil()).isPresent();

    now = Instant.parse("2026-11-23T12:00:00Z");
    pause.look(tasks);
    assertThat(pause.quietUntil()).isEmpty();
    assertThat(tasks.paused()).isTrue();

    Files.delete(file);
    assertThat(pause.look(tasks)).isTrue();
    assertThat(tasks.paused()).isFalse();
  }

  @Test
  void night_in_which_the_clocks_change_ends_when_the_clock_says_so() {
    // In that night Paris has 02:00 to 03:00 twice.
    now = Instant.parse("2026-10-24T23:30:00Z");
    PauseSwitch pause = pause("22:00-07:00");
    assertThat(pause.quietUntil()).contains(Instant.parse("2026-10-25T06:00:00Z"));
  }

  private PauseSwitch pause(String hours) {
    InstantSource source = () -> now;
    return new PauseSwitch(file, QuietHours.parse(hours), source.withZone(ZoneOffset.UTC), ZONE);
  }

  /** Only whether it is paused. */
  private static final class Tasks implements Subscription {
    private boolean paused;

    @Override
    public String queue() {
      return "tasks";
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
    }

    @Override
    public boolean consuming() {
      return !paused;
    }

    @Override
    public boolean paused() {
      return paused;
    }

    @Override
    public int inFlight() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
