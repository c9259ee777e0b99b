package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.vidtomo.runtime.http.JsonHttp;
import org.vidtomo.runtime.http.JsonHttpException;
import org.vidtomo.runtime.http.Whoami;

/** This machine's clock against the coordinator's, else against what a server's answers say. */
final class ClockCheck implements Check {
  private static final Duration WARNING = Duration.ofSeconds(1);

  /** Measurements beyond are left out of comparisons. */
  private static final Duration FAILED = Duration.ofMinutes(5);

  private static final int CALLS = 4;

  private final CoordinatorCall coordinator;
  private final Machine machine;
  private final Duration limit;

  ClockCheck(CoordinatorCall coordinator, Machine machine, Duration limit) {
    this.coordinator = requireNonNull(coordinator, "coordinator");
    this.machine = requireNonNull(machine, "machine");
    this.limit = requireNonNull(limit, "limit");
  }

  @Override
  public Finding look() throws Exception {
    String why = "no coordinator is named";
    Optional<JsonHttp> named = coordinator.http();
    if (named.isPresent()) {
      try {
        Whoami seen = Whoami.ask(named.get(), CALLS, machine.clock(), System::nanoTime);
        return judged(seen.clockOffset(), seen.roundTrip().dividedBy(2), "the coordinator's");
      } catch (JsonHttpException e) {
        why = "the coordinator does not answer";
      }
    }
    return byDate(machine.dashboard()).orElse(Finding.notChecked(why));
  }

  /** Not every server says the time. */
  private Optional<Finding> byDate(Optional<URI> server) throws InterruptedException {
    if (server.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonHttp http = JsonHttp.to(server.get(), Optional.empty(), limit, machine.certificates());
      long asked = System.nanoTime();
      Optional<Instant> date = http.date("/health");
      Duration way = Duration.ofNanos(System.nanoTime() - asked);
      Instant now = machine.clock().instant();
      // The header has whole seconds: its middle is half a second later.
      return date.map(at -> at.plusMillis(500))
          .map(at -> judged(Duration.between(at, now), way.plusMillis(500), "the dashboard's"));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Finding judged(Duration offset, Duration uncertain, String whose) {
    String saw =
        String.format(
            Locale.ROOT,
            "%.3f s %s %s, to %.3f s",
            offset.abs().toNanos() / 1e9,
            offset.isNegative() ? "behind" : "ahead of",
            whose,
            uncertain.toNanos() / 1e9);
    Duration surely = offset.abs().minus(uncertain);
    String toDo = "set the clock, as with: timedatectl set-ntp true";
    if (surely.compareTo(FAILED) > 0) {
      return Finding.failed(saw, toDo);
    }
    return surely.compareTo(WARNING) > 0 ? Finding.warning(saw, toDo) : Finding.ok(saw);
  }
}
