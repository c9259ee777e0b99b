package org.vidtomo.gate;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** With what the broker greets: the gate greets the same way, so that clients know which it is. */
final class Greeting {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 64 << 10;

  private Greeting() {}

  /**
   * Asks a broker on loopback.
   *
   * @return its {@code connection.start}, a whole frame
   * @throws IOException when it does not answer, or otherwise
   */
  static byte[] of(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) LIMIT.toMillis());
      socket.getOutputStream().write(FrameSplitter.PROTOCOL);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] head = in.readNBytes(Frame.HEAD_BYTES);
      int size = head.length < Frame.HEAD_BYTES ? -1 : new Fields(head, 3, head.length).int32();
      if (size < 0 || size > MOST_BYTES) {
        throw new IOException("the broker on port " + port + " greets with no frame");
      }
      byte[] frame = new byte[Frame.HEAD_BYTES + size + 1];
      System.arraycopy(head, 0, frame, 0, head.length);
      in.readFully(frame, head.length, size + 1);
      if (new Frame(frame).method() != Method.CONNECTION_START) {
        throw new IOException("the broker on port " + port + " does not greet");
      }
      return frame;
    } catch (RefusedException e) {
      throw new IOException("the broker on port " + port + " greets with no frame", e);
    }
  }
}
