package org.vidtomo.agent.ping;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vidtomo.agent.failure.Failures;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.http.Endpoint;
import org.vidtomo.core.report.Failure;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.PacketType;
import org.vidtomo.core.report.Ping;

/** ICMP echo by the system's own program: Java may not send any without privileges. */
final class IcmpPing {
  private static final Logger LOG = LoggerFactory.getLogger(IcmpPing.class);
  private static final int MAX_OUTPUT_BYTES = 256 << 10;

  private final Optional<InetAddress> bindAddress;

  IcmpPing(Optional<InetAddress> bindAddress) {
    this.bindAddress = bindAddress;
  }

  /** There is a program, at least for IPv4. */
  static boolean installed() {
    return PingProgram.find(InetAddress.getLoopbackAddress()).isPresent();
  }

  /** There is a program to ask. */
  boolean available(InetAddress address) {
    return PingProgram.find(address).isPresent();
  }

  Ping run(PingTarget target, int packets, Deadline deadline) {
    PingProgram program = PingProgram.find(target.address()).orElseThrow();
    try {
      String output = output(command(program, target.address(), packets), packets, deadline);
      PingOutput read = PingOutput.parse(output);
      int sent = Math.max(read.sent().orElse(0), read.delaysMicros().size());
      return Samples.of(
          target, PacketType.ICMP_ECHO, sent, read.delaysMicros(), failure(read, output));
    } catch (IOException e) {
      return failed(target, new Failure(FailureKind.TOOL_MISSING, "ping", "ping did not start"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(target, Failures.interrupted("ping"));
    }
  }

  private static Ping failed(PingTarget target, Failure failure) {
    return Samples.of(target, PacketType.ICMP_ECHO, 0, List.of(), Optional.of(failure));
  }

  private static Optional<Failure> failure(PingOutput read, String output) {
    if (!read.delaysMicros().isEmpty()) {
      return Optional.empty();
    }
    String lower = output.toLowerCase(Locale.ROOT);
    if (lower.contains("unreachable")) {
      return Optional.of(
          new Failure(FailureKind.HOST_UNREACHABLE, "ping", "the address is unreachable"));
    }
    // Without a summary it did not ping: no right to, or an option that it does not know.
    return read.sent().isEmpty()
        ? Optional.of(new Failure(FailureKind.TOOL_MISSING, "ping", "ping did not run"))
        : Optional.empty();
  }

  private static String output(List<String> command, int packets, Deadline deadline)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = start(builder);
    try (InputStream in = process.getInputStream()) {
      process.getOutputStream().close();
      long limit = Math.min(Pinger.limit(packets).toMillis(), deadline.remaining().toMillis());
      // A hundred lines fit into any pipe, so it may be read at the end. The handle is used to end
      // the program because Process.destroy would close the pipe with what is in it.
      if (!process.waitFor(limit, TimeUnit.MILLISECONDS)) {
        process.toHandle().destroy();
        if (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
          process.toHandle().destroyForcibly();
        }
      }
      return new String(in.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /**
   * One at a time: until a program runs, what starts it for the JDK holds the pipes of those that
   * are being started beside it. If this process is killed just then, two of them wait for each
   * other for ever, and hold all that this process had open, its port and its connections too.
   */
  private static synchronized Process start(ProcessBuilder builder) throws IOException {
    return builder.start();
  }

  private List<String> command(PingProgram program, InetAddress address, int packets) {
    List<String> command = new ArrayList<>(List.of(program.path().toString()));
    boolean six = address instanceof Inet6Address;
    long waitMillis = Pinger.REPLY_LIMIT.toMillis();
    String bind = bindAddress.map(Endpoint::text).orElse(null);
    switch (program.kind()) {
      case WINDOWS -> {
        command.addAll(List.of(six ? "-6" : "-4", "-n", "" + packets, "-w", "" + waitMillis));
        command.addAll(bind == null ? List.of() : List.of("-S", bind));
      }
      case BSD -> {
        command.addAll(List.of("-n", "-c", "" + packets, "-i", "0.2"));
        command.addAll(six ? List.of() : List.of("-W", "" + waitMillis));
        command.addAll(bind == null ? List.of() : List.of("-S", bind));
      }
      case LINUX, BUSYBOX -> {
        command.addAll(program.kind() == PingProgram.Kind.BUSYBOX ? List.of() : List.of("-n"));
        command.addAll(List.of("-c", "" + packets, "-i", "0.2", "-W", "" + waitMillis / 1000));
        command.addAll(bind == null ? List.of() : List.of("-I", bind));
      }
    }
    command.add(Endpoint.text(address));
    LOG.debug("Pinging command={}", command.subList(0, command.size() - 1));
    return command;
  }
}
