package org.vidtomo.agent.policy;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Times at which an agent measures nothing, by the clock on the wall: an hour that daylight saving
 * leaves out or repeats is as quiet as the clock says.
 *
 * @param windows none: never quiet
 */
public record QuietHours(List<Window> windows) {
  public static final QuietHours NONE = new QuietHours(List.of());

  private static final Pattern TIMES =
      Pattern.compile("(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})(?:\\s+(.+))?");
  private static final List<String> DAYS =
      Stream.of(DayOfWeek.values()).map(day -> day.name().substring(0, 3)).toList();
  private static final int MINUTES_OF_A_WEEK = 7 * 24 * 60;

  /**
   * Hours of some days.
   *
   * @param to not included; not after {@code from}: on the day after, 00:00 its beginning
   * @param days on which it begins
   */
  public record Window(LocalTime from, LocalTime to, Set<DayOfWeek> days) {
    public Window {
      requireNonNull(from, "from");
      requireNonNull(to, "to");
      days = Set.copyOf(days);
    }

    boolean holds(LocalDateTime at) {
      LocalTime time = at.toLocalTime();
      DayOfWeek day = at.getDayOfWeek();
      if (from.isBefore(to)) {
        return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
      }
      return (days.contains(day) && !time.isBefore(from))
          || (days.contains(day.minus(1)) && time.isBefore(to));
    }
  }

  public QuietHours {
    windows = List.copyOf(windows);
  }

  /**
   * Reads {@code 22:00-07:00}, {@code 09:00-17:00 Mon-Fri}, {@code Sat,Sun}; several with a
   * semicolon between them. Empty: never.
   *
   * @throws IllegalArgumentException saying how it must look
   */
  public static QuietHours parse(String text) {
    List<Window> windows = new ArrayList<>();
    for (String part : text.split(";", -1)) {
      if (!part.isBlank()) {
        windows.add(window(part.strip()));
      }
    }
    return new QuietHours(windows);
  }

  private static Window window(String text) {
    Matcher times = TIMES.matcher(text);
    try {
      return times.matches()
          ? new Window(
              time(times.group(1)),
              time(times.group(2)),
              times.group(3) == null ? EnumSet.allOf(DayOfWeek.class) : days(times.group(3)))
          : new Window(LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, days(text));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be such as \"22:00-07:00; 09:00-17:00 Mon-Fri; Sat,Sun\", is \"%s\""
              .formatted(text),
          e);
    }
  }

  private static LocalTime time(String text) {
    return text.equals("24:00")
        ? LocalTime.MIDNIGHT
        : LocalTime.parse(text.length() == 4 ? "0" + text : text);
  }

  private static Set<DayOfWeek> days(String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split("-", 2);
      DayOfWeek last = day(ends[ends.length - 1]);
      for (DayOfWeek day = day(ends[0]); ; day = day.plus(1)) {
        days.add(day);
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    int number = DAYS.indexOf(text.strip().toUpperCase(Locale.ROOT));
    if (number < 0) {
      throw new IllegalArgumentException(text + " is no day: Mon, Tue, Wed, Thu, Fri, Sat, Sun");
    }
    return DayOfWeek.of(number + 1);
  }

  /** Whether it is quiet then. */
  public boolean at(LocalDateTime time) {
    return windows.stream().anyMatch(window -> window.holds(time));
  }

  /** To the minute: when it is next not quiet; empty when it always is. */
  public Optional<LocalDateTime> endsAfter(LocalDateTime time) {
    LocalDateTime minute = time.truncatedTo(ChronoUnit.MINUTES);
    for (int i = 0; i <= MINUTES_OF_A_WEEK; i++) {
      LocalDateTime later = minute.plusMinutes(i);
      if (!at(i == 0 ? time : later)) {
        return Optional.of(i == 0 ? time : later);
      }
    }
    return Optional.empty();
  }
}
