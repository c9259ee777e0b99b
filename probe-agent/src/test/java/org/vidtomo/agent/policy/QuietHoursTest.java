package org.vidtomo.agent.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 2026-11-16 is a Monday. */
class QuietHoursTest {
  @ParameterizedTest
  @CsvSource({
    "22:00-07:00,2026-11-16T21:59:59,false",
    "22:00-07:00,2026-11-16T22:00:00,true",
    "22:00-07:00,2026-11-17T06:59:59,true",
    "22:00-07:00,2026-11-17T07:00:00,false",
    "22:00-07:00 Sat,2026-11-21T23:00:00,true",
    "22:00-07:00 Sat,2026-11-22T06:00:00,true",
    "22:00-07:00 Sat,2026-11-21T06:00:00,false",
    "9:00-17:00 Mon-Fri,2026-11-20T16:59:00,true",
    "9:00-17:00 Mon-Fri,2026-11-21T12:00:00,false",
    "09:00-17:00 Fri-Mon,2026-11-22T12:00:00,true",
    "'Sat,Sun',2026-11-21T00:00:00,true",
    "'sat, sun',2026-11-22T23:59:59,true",
    "'Sat,Sun',2026-11-23T00:00:00,false",
    "08:00-24:00,2026-11-16T23:59:59,true",
    "08:00-24:00,2026-11-17T00:00:00,false",
    "'',2026-11-17T03:00:00,false",
    "'12:00-13:00; 22:00-07:00; Sun',2026-11-17T12:30:00,true"
  })
  void hours_are_quiet_by_the_clock_on_the_wall(String text, LocalDateTime at, boolean quiet) {
    assertThat(QuietHours.parse(text).at(at)).isEqualTo(quiet);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"22-07", "25:00-07:00", "22:00-07:00 Someday", "22:60-07:00", "Mon--Fri", "never"})
  void what_cannot_be_read_is_refused(String text) {
    assertThatThrownBy(() -> QuietHours.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("22:00-07:00");
  }

  @Test
  void a_window_and_the_window_of_the_other_hours_share_the_day_between_them() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      LocalTime from = LocalTime.MIDNIGHT.plusMinutes(random.nextInt(1_440));
      LocalTime to = from.plusMinutes(1 + random.nextInt(1_438));
      QuietHours hours = QuietHours.parse(from + "-" + to);
      QuietHours others = QuietHours.parse(to + "-" + from);
      LocalDateTime at =
          LocalDateTime.of(2026, 1, 1, 0, 0).plusSeconds(random.nextInt(365 * 86_400));
      assertThat(hours.at(at)).as("%s-%s at %s", from, to, at).isNotEqualTo(others.at(at));
    }
  }

  @Test
  void end_is_the_first_minute_that_is_not_quiet() {
    QuietHours hours = QuietHours.parse("22:00-07:00; Sat,Sun");
    LocalDateTime friday = LocalDateTime.of(2026, 11, 20, 23, 30, 15);
    assertThat(friday.getDayOfWeek()).isEqualTo(DayOfWeek.FRIDAY);
    assertThat(hours.endsAfter(friday)).contains(LocalDateTime.of(2026, 11, 23, 7, 0));
    assertThat(QuietHours.NONE.endsAfter(friday)).contains(friday);
    assertThat(QuietHours.parse("Mon-Sun").endsAfter(friday)).isEmpty();
  }
}
