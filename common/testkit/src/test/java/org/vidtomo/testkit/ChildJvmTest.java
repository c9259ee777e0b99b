package org.vidtomo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

  private static final Pattern PORT = Pattern.compile("port (\\d+)");

  @Test
  void killedJvm_takesItsRabbitMqAndThePortMapperAlong() {
    try (ChildJvm child = ChildJvm.start(ServiceHolder.class)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> PORT.matcher(child.output()).find() || !child.isAlive());
      Matcher printed = PORT.matcher(child.output());
      assertThat(printed.find()).as(child.output()).isTrue();
      int port = Integer.parseInt(printed.group(1));
      List<ProcessHandle> below =
          ProcessHandle.of(child.pid()).orElseThrow().descendants().toList();
      assertThat(below).anySatisfy(process -> assertThat(command(process)).contains("beam"));
      assertThat(below).anySatisfy(process -> assertThat(command(process)).contains("epmd"));

      child.kill();

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(below).allMatch(process -> command(process).isEmpty()));
      assertThat(Ports.accepts(port)).isFalse();
    }
  }

  @Test
  void runningJvm_isNotWaitedForBeyondTheLimit() {
    try (ChildJvm child = ChildJvm.start(Sleeper.class)) {
      assertThatThrownBy(() -> child.awaitExit(Duration.ofMillis(100)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("still runs");
      child.terminate();
      assertThat(child.awaitExit(Duration.ofSeconds(20))).isNotZero();
    }
  }

  /** Empty also for a process that has ended but that no one has collected yet. */
  private static String command(ProcessHandle process) {
    return process.info().command().orElse("");
  }

  static final class Sleeper {
    public static void main(String[] args) throws InterruptedException {
      Thread.currentThread().join();
    }
  }
}
