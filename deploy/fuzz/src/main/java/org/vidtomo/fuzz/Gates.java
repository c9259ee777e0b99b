package org.vidtomo.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.vidtomo.gate.AgentFrames;
import org.vidtomo.gate.FrameSplitter;
import org.vidtomo.gate.Login;
import org.vidtomo.gate.RefusedException;
import org.vidtomo.messaging.admin.AgentRights;

/** What agents, or those who pretend to be some, send to the gate before the broker. */
final class Gates {
  private static final String AGENT = "a-1";
  private static final String QUEUE = "vidtomo.tasks.0";
  private static final int METHOD = 1;
  private static final int HEADER = 2;
  private static final int BODY = 3;
  private static final int SMALL_PIECE = 5;

  private Gates() {}

  /** Writes what a frame holds. */
  private interface Payload {
    void to(DataOutputStream out) throws IOException;
  }

  static List<byte[]> seeds() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1});
    frame(all, METHOD, 0, out -> start(out));
    frame(all, METHOD, 1, out -> method(out, 20, 10, "\0"));
    frame(all, METHOD, 1, out -> method(out, 60, 20, "\0\0\17" + QUEUE + "\0\0\0\0\0\0"));
    frame(all, METHOD, 1, out -> method(out, 60, 70, "\0\0\17" + QUEUE + "\0"));
    frame(all, METHOD, 1, out -> method(out, 50, 10, "\0\0\17" + QUEUE + "\1\0\0\0\0"));
    frame(all, METHOD, 1, out -> method(out, 90, 10, ""));
    frame(all, METHOD, 1, out -> method(out, 60, 40, "\0\0\17vidtomo.reports\6" + AGENT + ".ok\0"));
    frame(all, HEADER, 1, out -> out.write("\0\74\0\0\0\0\0\0\0\0\0\2\0\20\3a-1".getBytes(UTF_8)));
    frame(all, BODY, 1, out -> out.write(new byte[2]));
    frame(all, METHOD, 0, out -> method(out, 10, 50, "\0\0\0\0\0\0\0"));
    return List.of(all.toByteArray());
  }

  private static void start(DataOutputStream out) throws IOException {
    method(out, 10, 11, "\0\0\0\0\5PLAIN");
    byte[] response = ("\0" + AGENT + "\0secret").getBytes(UTF_8);
    out.writeInt(response.length);
    out.write(response);
    out.write("\5en_US".getBytes(UTF_8));
  }

  private static void method(DataOutputStream out, int of, int method, String rest)
      throws IOException {
    out.writeShort(of);
    out.writeShort(method);
    out.write(rest.getBytes(UTF_8));
  }

  private static void frame(ByteArrayOutputStream to, int type, int channel, Payload payload) {
    try {
      ByteArrayOutputStream filled = new ByteArrayOutputStream();
      payload.to(new DataOutputStream(filled));
      DataOutputStream out = new DataOutputStream(to);
      out.writeByte(type);
      out.writeShort(channel);
      out.writeInt(filled.size());
      out.write(filled.toByteArray());
      out.writeByte(0xCE);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /** It passes or is refused, and the same however it is cut. */
  static void read(byte[] input) {
    String whole = verdict(input, Math.max(1, input.length));
    String cut = verdict(input, SMALL_PIECE);
    if (!whole.equals(cut)) {
      throw new IllegalStateException("whole: " + whole + "; in pieces: " + cut);
    }
  }

  private static String verdict(byte[] input, int piece) {
    int[] passed = {0};
    AgentFrames frames = new AgentFrames(new AgentRights(AGENT, QUEUE));
    FrameSplitter splitter =
        FrameSplitter.ofClient(
            AgentFrames.MOST_PAYLOAD,
            frame -> {
              if (passed[0] == 0) {
                Login.of(frame);
              } else {
                frames.check(frame);
              }
              passed[0]++;
            });
    try {
      for (int at = 0; at < input.length; at += piece) {
        splitter.feed(Arrays.copyOfRange(input, at, Math.min(input.length, at + piece)));
      }
      return passed[0] + " passed";
    } catch (RefusedException e) {
      return passed[0] + " passed, then " + e.getMessage();
    }
  }
}
