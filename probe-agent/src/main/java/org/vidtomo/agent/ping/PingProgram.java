package org.vidtomo.agent.ping;

import static java.util.Objects.requireNonNull;

import java.io.File;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.vidtomo.agent.http.Deadline;
import org.vidtomo.core.report.Ping;

/**
 * The system's own {@code ping}.
 *
 * @param kind which options it knows
 */
public record PingProgram(Path path, Kind kind) {

  /** Families of such programs. */
  public enum Kind {
    /** iputils, inetutils. */
    LINUX,
    BUSYBOX,
    /** macOS and the BSDs. */
    BSD,
    WINDOWS
  }

  public PingProgram {
    requireNonNull(path, "path");
    requireNonNull(kind, "kind");
  }

  /** The program for an address's family, on the path or where systems keep it. */
  public static Optional<PingProgram> find(InetAddress address) {
    Kind system = system();
    String name = name(system, address);
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator)),
            Stream.of("/bin", "/usr/bin", "/sbin", "/usr/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(found -> new PingProgram(found, isBusybox(found) ? Kind.BUSYBOX : system));
  }

  /** One packet to an address with this program: whether it may send, and loopback answers. */
  public Ping once(InetAddress address, Deadline deadline) {
    return new IcmpPing(Optional.empty())
        .run(new PingTarget(address, address.getHostAddress(), 0), 1, deadline);
  }

  private static boolean isBusybox(Path program) {
    try {
      return program.toRealPath().endsWith("busybox");
    } catch (IOException e) {
      return false;
    }
  }

  private static Kind system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return Kind.WINDOWS;
    }
    return name.contains("bsd") || name.startsWith("mac") ? Kind.BSD : Kind.LINUX;
  }

  /** macOS and older BSDs have a program of its own for IPv6. */
  private static String name(Kind system, InetAddress address) {
    if (system == Kind.WINDOWS) {
      return "ping.exe";
    }
    return system == Kind.BSD && address instanceof Inet6Address ? "ping6" : "ping";
  }
}
