package org.vidtomo.runtime;

import java.util.concurrent.CountDownLatch;

/** A process with one component, which tells on stdout what happens to it. */
final class WaitingMain {
  private WaitingMain() {}

  public static void main(String[] args) throws Exception {
    Lifecycle lifecycle = new Lifecycle("child");
    lifecycle.add(new Telling(args[0].equals("slow")));
    System.exit(lifecycle.run());
  }

  private record Telling(boolean slow) implements Component {
    @Override
    public String name() {
      return "telling";
    }

    @Override
    public void start() throws InterruptedException {
      System.out.println(slow ? "starting" : "started");
      if (slow) {
        new CountDownLatch(1).await();
      }
    }

    @Override
    public Health check() {
      return Health.ok("");
    }

    @Override
    public void close() {
      System.out.println("closed");
    }
  }
}
