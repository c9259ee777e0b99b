package org.vidtomo.coordinator.campaign;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.core.task.TaskState;

/**
 * Counts the tasks of a campaign from the transitions of their rows: each transition that the store
 * applied is told here once, so the two always agree. Thread-safe.
 */
public final class Tally {
  private final boolean byTarget;
  private final Group all = new Group();
  private final Map<String, Group> groups = new TreeMap<>();

  private static final class Group {
    private final Map<TaskState, Long> states = new EnumMap<>(TaskState.class);
    private final Map<String, Long> outcomes = new TreeMap<>();

    void add(TaskState state, long count) {
      states.merge(state, count, Long::sum);
    }

    void replace(Outcome before, Outcome after) {
      outcomes.computeIfPresent(before.wireName(), (name, n) -> n == 1 ? null : n - 1);
      outcomes.merge(after.wireName(), 1L, Long::sum);
    }

    Counts counts(Map<String, Counts> groups) {
      long queued = of(TaskState.PLANNED) + of(TaskState.QUEUED);
      long planned = states.values().stream().mapToLong(Long::longValue).sum();
      return new Counts(
          planned,
          queued,
          of(TaskState.RUNNING),
          of(TaskState.DONE),
          of(TaskState.EXPIRED),
          of(TaskState.CANCELLED),
          outcomes,
          groups);
    }

    private long of(TaskState state) {
      return states.getOrDefault(state, 0L);
    }
  }

  /**
   * A tally of nothing.
   *
   * @param byTarget whether the targets are providers, so that all states are counted by provider
   */
  public Tally(boolean byTarget) {
    this.byTarget = byTarget;
  }

  /** So many tasks of a target are planned, or were found in a state. */
  public synchronized void add(String target, TaskState state, long count) {
    all.add(state, count);
    if (byTarget) {
      group(target).add(state, count);
    }
  }

  /** A task's row went from one state to another. */
  public void moved(String target, TaskState from, TaskState to) {
    moved(target, from, to, 1);
  }

  synchronized void moved(String target, TaskState from, TaskState to, long count) {
    add(target, from, -count);
    add(target, to, count);
  }

  /** A task is done: nobody is to see it counted among the states and not yet by its outcome. */
  public synchronized void done(
      String target, TaskState from, Outcome outcome, Optional<String> provider) {
    moved(target, from, TaskState.DONE);
    ended(target, outcome, provider);
  }

  /** A task that is done ended so; beside {@link #add}. */
  public synchronized void ended(String target, Outcome outcome, Optional<String> provider) {
    all.outcomes.merge(outcome.wireName(), 1L, Long::sum);
    if (byTarget) {
      group(target).outcomes.merge(outcome.wireName(), 1L, Long::sum);
    } else if (provider.isPresent()) {
      group(provider.get()).add(TaskState.DONE, 1);
      group(provider.get()).outcomes.merge(outcome.wireName(), 1L, Long::sum);
    }
  }

  /** Another report of a task that is done counts instead: of an earlier attempt, but later. */
  public synchronized void replaced(
      String target, Outcome before, Outcome after, Optional<String> provider) {
    if (before == after) {
      return;
    }
    String group = byTarget ? target : provider.orElse("");
    all.replace(before, after);
    if (groups.containsKey(group)) {
      group(group).replace(before, after);
    }
  }

  /** The counts now. */
  public synchronized Counts counts() {
    Map<String, Counts> byProvider = new TreeMap<>();
    groups.forEach((name, group) -> byProvider.put(name, group.counts(Map.of())));
    return all.counts(byProvider);
  }

  /** Tasks that are not ended. */
  public synchronized long open() {
    return all.of(TaskState.PLANNED) + all.of(TaskState.QUEUED) + all.of(TaskState.RUNNING);
  }

  private Group group(String name) {
    return groups.computeIfAbsent(name, n -> new Group());
  }
}
