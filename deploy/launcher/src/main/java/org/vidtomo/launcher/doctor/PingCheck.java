package org.vidtomo.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.agent.ping.PingProgram;
import org.vidtomo.core.report.Ping;

/** Whether this user may send ICMP echo, with the system's program. */
final class PingCheck implements Check {
  private static final String WITHOUT = "; without it, measurements have TCP timing alone";

  private final Duration limit;

  PingCheck(Duration limit) {
    this.limit = requireNonNull(limit, "limit");
  }

  @Override
  public Finding look() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    Optional<PingProgram> found = PingProgram.find(loopback);
    if (found.isEmpty()) {
      return Finding.warning(
          "there is no program ping",
          "install it (Debian: apt-get install iputils-ping)" + WITHOUT);
    }
    String which = found.get().path() + ", " + flavour(found.get(), limit.dividedBy(4));
    Deadline deadline = Deadline.after(System::nanoTime, limit.dividedBy(2));
    Ping ping = found.get().once(loopback, deadline);
    return ping.received() > 0
        ? Finding.ok(which + ", reaches loopback")
        : Finding.warning(
            which + ", does not reach loopback: " + ping.failure().map(f -> f.detail()).orElse(""),
            "let this user send ICMP (Linux: setcap cap_net_raw+ep %s)"
                    .formatted(found.get().path())
                + WITHOUT);
  }

  private static String flavour(PingProgram program, Duration limit) throws InterruptedException {
    String kind = program.kind().name().toLowerCase(Locale.ROOT);
    return program.kind() == PingProgram.Kind.LINUX
        ? Programs.firstLine(program.path(), "-V", limit).orElse(kind)
        : kind;
  }
}
