package org.vidtomo.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.vidtomo.runtime.Lifecycle.StartException;

class LifecycleTest {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  @Test
  void components_startInOrder_andCloseInReverse_once() throws StartException {
    Lifecycle lifecycle = new Lifecycle("test");
    lifecycle.add(new Recording("a"));
    lifecycle.start();
    lifecycle.add(new Recording("b"));
    lifecycle.start();
    lifecycle.close();
    lifecycle.close();

    assertThat(events).containsExactly("start a", "start b", "close b", "close a");
  }

  @Test
  void failedStart_closesWhatWasStarted_andSaysWhatFailed() {
    Lifecycle lifecycle = new Lifecycle("test");
    lifecycle.add(new Recording("a"));
    lifecycle.add(
        new Recording("b") {
          @Override
          public void start() throws Exception {
            throw new IOException("port 1 is taken");
          }
        });
    lifecycle.add(new Recording("c"));

    assertThatThrownBy(lifecycle::start)
        .isInstanceOf(StartException.class)
        .hasMessage("test: starting b: port 1 is taken");
    assertThat(events).containsExactly("start a", "close b", "close a");
  }

  @Test
  void componentThatDoesNotClose_doesNotHoldTheOthers() throws StartException {
    CountDownLatch never = new CountDownLatch(1);
    Lifecycle lifecycle = new Lifecycle("test", Duration.ofMillis(50));
    lifecycle.add(new Recording("a"));
    lifecycle.add(
        new Recording("stuck") {
          @Override
          public void close() {
            try {
              never.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    lifecycle.add(
        new Recording("failing") {
          @Override
          public void close() {
            throw new IllegalStateException("no");
          }
        });
    lifecycle.start();

    lifecycle.close();

    assertThat(events).contains("close a");
    never.countDown();
  }

  @Test
  void sigterm_endsTheProcessWithExitCode0_afterClosing() throws Exception {
    Process process = child("wait");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("started");
      process.toHandle().destroy(); // Process.destroy would close the stream.
      assertThat(out.readLine()).isEqualTo("closed");
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void sigterm_whileStarting_endsTheProcessWithExitCode0() throws Exception {
    Process process = child("slow");
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("starting");
      process.toHandle().destroy(); // Process.destroy would close the stream.
      assertThat(out.readLine()).isEqualTo("closed");
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Process child(String how) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            WaitingMain.class.getName(),
            how)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private class Recording implements Component {
    private final String name;

    Recording(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void start() throws Exception {
      events.add("start " + name);
    }

    @Override
    public Health check() {
      return Health.ok("");
    }

    @Override
    public void close() {
      events.add("close " + name);
    }
  }
}
