package org.vidtomo.agent.ping;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.AddressGuard;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.RefusedException;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;

/**
 * Pings each address with ICMP echo, where the system has a program for it, and always with TCP
 * handshakes. Addresses side by side; the two packet types are samples of their own.
 */
public final class Pinger {
  /** Addresses pinged at most. */
  public static final int MAX_ADDRESSES = 8;

  static final Duration INTERVAL = Duration.ofMillis(200);
  static final Duration REPLY_LIMIT = Duration.ofSeconds(2);

  private final AddressGuard guard;
  private final IcmpPing icmp;
  private final TcpPing tcp;

  public Pinger(AddressGuard guard, Optional<InetAddress> bindAddress, LongSupplier ticker) {
    this.guard = guard;
    this.icmp = new IcmpPing(bindAddress);
    this.tcp = new TcpPing(bindAddress, ticker);
  }

  /** Whether this system has a program that sends ICMP echo. */
  public static boolean icmpAvailable() {
    return IcmpPing.installed();
  }

  /** The longest that so many packets to one address take, a lost SYN each. */
  static Duration limit(int packets) {
    return INTERVAL.multipliedBy(packets).plus(REPLY_LIMIT).plusSeconds(1);
  }

  /**
   * Pings.
   *
   * @param targets distinct addresses; those beyond {@link #MAX_ADDRESSES} are left out
   * @param packets to each address and of each type
   */
  public List<Ping> ping(List<PingTarget> targets, int packets, Deadline deadline) {
    if (packets == 0 || targets.isEmpty()) {
      return List.of();
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            2 * MAX_ADDRESSES,
            task -> {
              Thread thread = new Thread(task, "vidtomo-ping");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Deadline limit = deadline.within(limit(packets));
      List<PingTarget> some = targets.stream().limit(MAX_ADDRESSES).toList();
      List<Sample> samples =
          some.stream().flatMap(t -> samples(t, packets, limit).stream()).toList();
      List<Future<Ping>> running = samples.stream().map(s -> threads.submit(s.work())).toList();
      List<Ping> pings = new ArrayList<>();
      for (int i = 0; i < samples.size(); i++) {
        pings.add(await(samples.get(i), running.get(i), limit));
      }
      return pings;
    } finally {
      threads.shutdownNow();
    }
  }

  private record Sample(PingTarget target, PacketType type, Callable<Ping> work) {}

  private List<Sample> samples(PingTarget target, int packets, Deadline limit) {
    List<Sample> samples = new ArrayList<>();
    try {
      guard.check(target.address());
    } catch (RefusedException e) {
      Optional<Failure> failure = Optional.of(e.failure("ping"));
      Ping refused = Samples.of(target, PacketType.TCP_SYN, 0, List.of(), failure);
      return List.of(new Sample(target, PacketType.TCP_SYN, () -> refused));
    }
    if (icmp.available(target.address())) {
      samples.add(new Sample(target, PacketType.ICMP_ECHO, () -> icmp.run(target, packets, limit)));
    }
    samples.add(new Sample(target, PacketType.TCP_SYN, () -> tcp.run(target, packets, limit)));
    return samples;
  }

  private static Ping await(Sample sample, Future<Ping> running, Deadline limit) {
    try {
      return running.get(limit.remaining().toMillis() + 1500, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      return failed(sample, Failures.of(e.getCause(), "ping"));
    } catch (TimeoutException e) {
      return failed(sample, Failures.deadline("ping"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(sample, Failures.interrupted("ping"));
    }
  }

  private static Ping failed(Sample sample, Failure failure) {
    return Samples.of(sample.target(), sample.type(), 0, List.of(), Optional.of(failure));
  }
}
