package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.vidtomo.launcher.doctor.Finding.Status;

/**
 * Runs checks one after the other, so that none disturbs the timing of another, each on a thread of
 * its own and within a limit. What hangs or breaks hides nothing of what follows.
 */
public final class Doctor implements AutoCloseable {
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private final Map<String, Check> checks;
  private final Duration limit;
  private final List<Shared> shared;

  /** What a check found, by its name. */
  public record Result(String check, Status status, String saw, Optional<String> toDo) {
    public boolean failed() {
      return status == Status.FAILED;
    }
  }

  Doctor(Map<String, Check> checks, Duration limit, List<Shared> shared) {
    this.checks = new LinkedHashMap<>(checks);
    this.limit = requireNonNull(limit, "limit");
    this.shared = List.copyOf(shared);
  }

  /**
   * A doctor for a machine.
   *
   * @param limit of each check
   */
  public static Doctor of(Machine machine, Duration limit) {
    return Checkup.of(machine, limit);
  }

  /**
   * A doctor for a machine that has nothing but an agent.
   *
   * @param limit of each check
   */
  public static Doctor ofAgent(Machine machine, Duration limit) {
    return AgentCheckup.of(machine, limit);
  }

  /**
   * Makes all checks.
   *
   * @param asItComes hears of each at once
   */
  public List<Result> examine(Consumer<Result> asItComes) throws InterruptedException {
    shared.forEach(Shared::begin);
    List<Result> results = new ArrayList<>();
    for (Map.Entry<String, Check> each : checks.entrySet()) {
      Finding found = bounded(each.getKey(), each.getValue());
      Result result = new Result(each.getKey(), found.status(), found.saw(), found.toDo());
      results.add(result);
      asItComes.accept(result);
    }
    return results;
  }

  private Finding bounded(String name, Check check) throws InterruptedException {
    FutureTask<Finding> looking = new FutureTask<>(check::look);
    Thread thread = new Thread(looking, "doctor-" + name.replace(' ', '-'));
    thread.setDaemon(true);
    thread.start();
    try {
      return looking.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Finding.failed(
          "no answer within " + limit.toMillis() / 1000.0 + " s",
          "see whether what is asked hangs, a firewall drops packets, or this machine is very busy");
    } catch (ExecutionException e) {
      return failed(e.getCause());
    } finally {
      looking.cancel(true);
    }
  }

  private static Finding failed(Throwable cause) {
    String saw = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return Finding.failed(saw, "mend what this says");
  }

  /** Closes the connections that checks share. */
  @Override
  public void close() {
    shared.forEach(Shared::close);
  }
}
