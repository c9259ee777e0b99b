package org.vidtomo.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GroupedTurnsTest {
  private record Work(String subject, int number) {}

  private record Group(
      List<GroupedTurns.Waiting<Work, Integer>> members, CompletableFuture<Void> over) {
    List<Integer> numbers() {
      return members.stream().map(member -> member.item().number()).toList();
    }

    void end() {
      members.forEach(member -> member.done(member.item().number()));
      over.complete(null);
    }
  }

  private final BlockingQueue<Group> begun = new LinkedBlockingQueue<>();
  private final GroupedTurns<String, Work, Integer> turns =
      new GroupedTurns<>(
          4,
          Work::subject,
          members -> {
            Group group = new Group(members, new CompletableFuture<>());
            begun.add(group);
            return group.over();
          });

  private CompletableFuture<Integer> add(String subject, int number) {
    return turns.add("key", new Work(subject, number)).toCompletableFuture();
  }

  private Group next() throws InterruptedException {
    return begun.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void whatComesWhileAGroupIsUnderWay_goesTogetherUpToTheLimit() throws Exception {
    List<CompletableFuture<Integer>> results =
        IntStream.range(0, 6).mapToObj(i -> add("s" + i, i)).toList();
    for (List<Integer> expected : List.of(List.of(0), List.of(1, 2, 3, 4), List.of(5))) {
      Group group = next();
      assertThat(group.numbers()).isEqualTo(expected);
      assertThat(begun).isEmpty();
      group.end();
    }
    assertThat(results).allMatch(result -> result.join() >= 0);
  }

  @Test
  void twoOfTheSameSubject_keepTheirOrderAndDoNotShareAGroup() throws Exception {
    for (int i = 0; i < 4; i++) {
      add(i == 2 ? "other" : "same", i);
    }
    for (List<Integer> expected : List.of(List.of(0), List.of(1, 2), List.of(3))) {
      Group group = next();
      assertThat(group.numbers()).isEqualTo(expected);
      group.end();
    }
  }

  @Test
  void groupThatFails_failsItsOwnAndLetsTheNextBegin() throws Exception {
    CompletableFuture<Integer> first = add("a", 1);
    CompletableFuture<Integer> second = add("b", 2);
    next().over().completeExceptionally(new IllegalStateException("no"));
    next().end();
    assertThat(first).failsWithin(java.time.Duration.ofSeconds(10));
    assertThat(second.join()).isEqualTo(2);
  }
}
