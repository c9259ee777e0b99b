package org.vidtomo.agent.http;

import java.net.InetAddress;
import java.util.List;
import org.vidtomo.core.report.Failure;

/** Names to addresses, as the machine's own programs would see them. */
@FunctionalInterface
public interface Names {
  /**
   * Addresses of a host, the best one first, never none.
   *
   * @param host a name, or an address literal without brackets
   * @throws NameException when there is none
   */
  Resolved resolve(String host, Deadline deadline) throws NameException;

  /**
   * What a name resolved to.
   *
   * @param micros how long it took; 0 when no one had to be asked
   */
  record Resolved(List<InetAddress> addresses, long micros) {
    public Resolved {
      addresses = List.copyOf(addresses);
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("a resolved name has at least one address");
      }
    }
  }

  /** A name without address. */
  final class NameException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;
    private final long micros;

    /** A name without address, found out after so many microseconds. */
    public NameException(Failure failure, long micros) {
      super(failure.detail());
      this.failure = failure;
      this.micros = micros;
    }

    public Failure failure() {
      return failure;
    }

    public long micros() {
      return micros;
    }
  }
}
