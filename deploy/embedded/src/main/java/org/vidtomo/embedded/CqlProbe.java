package org.vidtomo.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Asks whether a CQL server answers: an OPTIONS frame out, a SUPPORTED frame back. */
final class CqlProbe {

  private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(2).toMillis();
  // CQL binary protocol v4 §2: version, flags, stream (2), opcode, body length (4).
  private static final byte[] OPTIONS = {0x04, 0, 0, 0, 0x05, 0, 0, 0, 0};
  private static final int HEADER_BYTES = 9;
  private static final int OPCODE = 4;
  private static final byte SUPPORTED = 0x06;

  private CqlProbe() {}

  static boolean answers(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(OPTIONS);
      byte[] header = new byte[HEADER_BYTES];
      new DataInputStream(socket.getInputStream()).readFully(header);
      return header[OPCODE] == SUPPORTED;
    } catch (IOException e) {
      return false;
    }
  }
}
