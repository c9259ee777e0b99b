package org.vidtomo.agent.service;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/** An agent in a process of its own, to be killed. Its measurements wait for a file. */
final class AgentChildMain {
  private AgentChildMain() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    FakeInstrument instrument = new FakeInstrument();
    instrument.gate = new CountDownLatch(1);
    AgentRig.agent(directory, instrument, new SimpleMeterRegistry()).start();
    Awaitility.await().forever().until(() -> !instrument.measured.isEmpty());
    System.out.println("measuring");
    Awaitility.await().forever().until(() -> Files.exists(directory.resolve("go")));
    instrument.gate.countDown();
    new CountDownLatch(1).await();
  }
}
