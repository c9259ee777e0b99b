package org.vidtomo.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces of our own with a wire between them whose downstream rate the kernel
 * shapes ({@code tbf}). Nothing outside of them is touched; they go, with whatever still runs in
 * them, when this is closed or the JVM ends.
 */
public final class ShapedLink implements AutoCloseable {
  /** Of 198.18.0.0/15, which is for benchmarks (RFC 2544). */
  public static final String SERVER_ADDRESS = "198.18.53.1";

  private static final String CLIENT_ADDRESS = "198.18.53.2";
  private static final long LIMIT_SECONDS = 20;
  private static final long MIN_BURST_BYTES = 16 << 10;
  private static final long LONG_QUEUE_BYTES = 64L << 20;
  private static final long END_SECONDS = 5;
  private static final long END_POLL_MILLIS = 10;

  private final String server = "vidtomo-s" + ProcessHandle.current().pid();
  private final String client = "vidtomo-c" + ProcessHandle.current().pid();

  private ShapedLink() {}

  /**
   * Makes them.
   *
   * @throws IOException that says what is missing, where the kernel or this user can't
   */
  public static ShapedLink open() throws IOException, InterruptedException {
    ShapedLink link = new ShapedLink();
    AtExit.run(link::close);
    try {
      link.make();
      return link;
    } catch (IOException e) {
      link.close();
      throw new IOException(
          "Shaped links need root, iproute2 and a kernel with network namespaces and tbf: "
              + e.getMessage(),
          e);
    }
  }

  private void make() throws IOException, InterruptedException {
    run("ip", "netns", "add", server);
    run("ip", "netns", "add", client);
    run("ip", "-n", server, "link", "add", "up0", "type", "veth", "peer", "name", "down0");
    run("ip", "-n", server, "link", "set", "down0", "netns", client);
    for (String[] end :
        List.of(
            new String[] {server, "up0", SERVER_ADDRESS},
            new String[] {client, "down0", CLIENT_ADDRESS})) {
      run("ip", "-n", end[0], "addr", "add", end[2] + "/30", "dev", end[1]);
      run("ip", "-n", end[0], "link", "set", end[1], "up");
      run("ip", "-n", end[0], "link", "set", "lo", "up");
    }
  }

  /**
   * Has the server hand over each frame by itself, as they are on a wire. Several at once, which
   * the kernel would make of a stream, wait until there is room for all of them.
   */
  public void frameByFrame() throws IOException, InterruptedException {
    run("ip", "-n", server, "link", "set", "dev", "up0", "gso_max_segs", "1");
  }

  /** Shapes what the server sends: a bucket of 10 ms and a queue of 200 ms. */
  public void rate(long bps) throws IOException, InterruptedException {
    shape(bps, "latency", "200ms");
  }

  /**
   * Shapes what the server sends with a queue so long that nothing is ever lost: what comes is then
   * the rate times the time, without the gaps that TCP leaves until it has sent again.
   */
  public void rateWithoutLoss(long bps) throws IOException, InterruptedException {
    shape(bps, "limit", Long.toString(LONG_QUEUE_BYTES));
  }

  private void shape(long bps, String... queue) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(inServer());
    command.addAll(
        List.of("tc", "qdisc", "replace", "dev", "up0", "root", "tbf", "rate", bps + "bit"));
    command.addAll(List.of("burst", Long.toString(burstBytes(bps))));
    command.addAll(List.of(queue));
    run(command.toArray(String[]::new));
  }

  /** What comes at once after a pause, at a rate of the link. */
  public static long burstBytes(long bps) {
    return Math.max(MIN_BURST_BYTES, bps / 800);
  }

  /** What the client's interface has sent and received, by the kernel's counters. */
  public long clientBytes() throws IOException, InterruptedException {
    String counters = "/sys/class/net/down0/statistics/";
    List<String> command = new ArrayList<>(inClient());
    command.addAll(List.of("cat", counters + "rx_bytes", counters + "tx_bytes"));
    return run(command.toArray(String[]::new)).lines().mapToLong(Long::parseLong).sum();
  }

  /** What to put before a command that is to run at the server's end. */
  public List<String> inServer() {
    return List.of("ip", "netns", "exec", server);
  }

  /** What to put before a command that is to run at the client's end. */
  public List<String> inClient() {
    return List.of("ip", "netns", "exec", client);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(Arrays.toString(command) + " failed: " + output.strip());
    }
    return output;
  }

  @Override
  public void close() {
    for (String name : List.of(server, client)) {
      try {
        endAll(name);
        run("ip", "netns", "del", name);
      } catch (IOException e) {
        // It was not made, or is gone already.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What runs in a namespace would keep it, and itself. */
  private static void endAll(String name) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
    while (System.nanoTime() < end) {
      List<Long> left = run("ip", "netns", "pids", name).lines().map(Long::parseLong).toList();
      if (left.isEmpty()) {
        return;
      }
      left.stream()
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .forEach(ProcessHandle::destroyForcibly);
      TimeUnit.MILLISECONDS.sleep(END_POLL_MILLIS);
    }
  }
}
