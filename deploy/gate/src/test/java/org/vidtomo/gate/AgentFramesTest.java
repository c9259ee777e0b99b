package org.vidtomo.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vidtomo.messaging.admin.AgentRights;

class AgentFramesTest {
  private static final String AGENT = "a-1";
  private static final String QUEUE = "vidtomo.tasks.0f";
  private static final String REPORTS = "vidtomo.reports";
  private static final String PRESENCE = "vidtomo.presence";
  private static final int USER_ID = 1 << 4;

  @Test
  void agentsDay_passes_alsoByteByByte() throws Exception {
    byte[] day =
        SentFrames.of(
            f -> {
              f.protocol().tuneOk().open("vidtomo");
              f.channel(1).channel(2);
              f.method(1, Method.BASIC_QOS, p -> p.int32(0).int16(1).int8(0));
              f.method(1, Method.QUEUE_DECLARE, p -> p.int16(0).text(QUEUE).int8(1).int32(0));
              f.method(1, Method.BASIC_CONSUME, AgentFramesTest::consume);
              f.method(1, Method.BASIC_ACK, p -> p.int64(1).int8(0));
              f.method(2, Method.CONFIRM_SELECT, p -> p.int8(0));
              f.publish(2, REPORTS, "a-1.blocked_by_service");
              f.header(2, 70, AGENT).body(2, 30);
              f.method(1, Method.BASIC_REJECT, p -> p.int64(2).int8(0));
              f.frame(Frame.HEARTBEAT, 0, p -> {});
              f.body(2, 40);
              f.publish(2, PRESENCE, "a-1").header(2, 0, AGENT);
              f.publish(2, PRESENCE, "a-1").header(2, 3, 0xFFF0 - (1 << 14), AgentFramesTest::all);
              f.body(2, 3);
              f.method(2, Method.CHANNEL_CLOSE, p -> p.int16(200).text("").int32(0));
              f.method(0, Method.CONNECTION_CLOSE, p -> p.int16(200).text("").int32(0));
            });
    assertThat(passed(day, day.length)).isEqualTo(22);
    assertThat(passed(day, 1)).isEqualTo(22);
  }

  @Test
  void channelThatTheBrokerClosed_makesRoomOnceItIsConfirmed() throws Exception {
    AgentFrames frames = new AgentFrames(new AgentRights(AGENT, QUEUE));
    for (int channel = 1; channel <= AgentRights.MAX_CHANNELS; channel++) {
      check(frames, openOf(channel));
    }
    Consumer<SentFrames> close = f -> f.method(3, Method.CHANNEL_CLOSE, p -> p.int16(404));
    Consumer<SentFrames> confirm = f -> f.method(3, Method.CHANNEL_CLOSE_OK, p -> {});
    frames.answered(new Frame(SentFrames.of(close)));
    assertThatThrownBy(() -> check(frames, openOf(17))).hasMessageContaining("over 16 channels");
    check(frames, confirm);
    check(frames, openOf(17));
    check(frames, confirm);
    assertThatThrownBy(() -> check(frames, openOf(3))).hasMessageContaining("over 16 channels");
  }

  @Test
  void channelThatTheAgentClosed_makesRoomOnceTheBrokerConfirms_andIsNotUsedBefore()
      throws Exception {
    AgentFrames frames = new AgentFrames(new AgentRights(AGENT, QUEUE));
    for (int channel = 1; channel <= AgentRights.MAX_CHANNELS; channel++) {
      check(frames, openOf(channel));
    }
    assertThatThrownBy(() -> check(frames, openOf(3))).hasMessageContaining("not closed yet");
    check(frames, f -> f.method(3, Method.CHANNEL_CLOSE, p -> p.int16(200).text("").int32(0)));
    assertThatThrownBy(() -> check(frames, openOf(3))).hasMessageContaining("not closed yet");
    assertThatThrownBy(() -> check(frames, openOf(17))).hasMessageContaining("over 16 channels");
    assertThatThrownBy(
            () -> check(frames, f -> f.method(3, Method.BASIC_CONSUME, AgentFramesTest::consume)))
        .hasMessageContaining("not open");
    frames.answered(new Frame(SentFrames.of(f -> f.method(3, Method.CHANNEL_CLOSE_OK, p -> {}))));
    check(frames, openOf(3));
  }

  @Test
  void consumers_areFew_andThoseThatTheBrokerHasNoMore_makeRoom() throws Exception {
    AgentFrames frames = new AgentFrames(new AgentRights(AGENT, QUEUE));
    check(frames, openOf(1));
    Consumer<SentFrames> another = f -> f.method(1, Method.BASIC_CONSUME, AgentFramesTest::consume);
    for (int i = 0; i < AgentRights.MAX_CONSUMERS; i++) {
      check(frames, another);
    }
    assertThatThrownBy(() -> check(frames, another)).hasMessageContaining("over 4 consumers");
    for (int i = 0; i < AgentRights.MAX_CONSUMERS; i++) {
      answered(frames, Method.BASIC_CONSUME_OK, "tag-" + i);
    }
    check(frames, f -> f.method(1, Method.BASIC_CANCEL, p -> p.text("tag-0").int8(0)));
    assertThatThrownBy(() -> check(frames, another)).hasMessageContaining("over 4 consumers");
    answered(frames, Method.BASIC_CANCEL_OK, "no such tag");
    assertThatThrownBy(() -> check(frames, another)).hasMessageContaining("over 4 consumers");
    answered(frames, Method.BASIC_CANCEL_OK, "tag-0");
    check(frames, another);
    assertThatThrownBy(() -> check(frames, another)).hasMessageContaining("over 4 consumers");
  }

  private static void answered(AgentFrames frames, int method, String tag) throws RefusedException {
    frames.answered(new Frame(SentFrames.of(f -> f.method(1, method, p -> p.text(tag)))));
  }

  private static Consumer<SentFrames> openOf(int channel) {
    return f -> f.channel(channel);
  }

  private static void check(AgentFrames frames, Consumer<SentFrames> sent) throws RefusedException {
    frames.check(new Frame(SentFrames.of(sent)));
  }

  @Test
  void frameInSingleBytes_costsNoMoreMemoryThanAFewFrames() throws Exception {
    byte[] sent =
        SentFrames.of(f -> f.protocol().frame(Frame.BODY, 1, p -> p.bytes(new byte[60_000])));
    int[] frames = {0};
    FrameSplitter splitter = FrameSplitter.ofClient(AgentFrames.MOST_PAYLOAD, frame -> frames[0]++);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    byte[] one = new byte[1];
    long before = memory.getThreadAllocatedBytes(thread);
    for (byte each : sent) {
      one[0] = each;
      splitter.feed(one);
    }
    assertThat(frames[0]).isEqualTo(1);
    // Anew for each byte it was 1.8 GB.
    assertThat(memory.getThreadAllocatedBytes(thread) - before).isLessThan(20_000_000);
  }

  /** Whatever the consumers' client does not know would end its connection. */
  @Test
  void onlyTextsAndWholeNumbers_passInTables() throws Exception {
    for (int type = 0; type < 256; type++) {
      byte[] sent = SentFrames.of(withHeaderOf(type));
      if (type == 'S' || type == 'I') {
        assertThat(passed(sent, sent.length)).isEqualTo(4);
      } else {
        assertThatThrownBy(() -> passed(sent, sent.length))
            .as("type %d", type)
            .isInstanceOf(RefusedException.class);
      }
    }
  }

  private static Consumer<SentFrames> withHeaderOf(int type) {
    // Four bytes of nothing: a whole number, or a text of no length.
    Consumer<SentFrames> table = p -> p.int32(7).text("a").int8(type).int32(0);
    return f -> {
      published(f.protocol().channel(1));
      f.header(
          1,
          0,
          1 << 13 | USER_ID,
          p -> {
            table.accept(p);
            p.text(AGENT);
          });
      f.method(
          1,
          Method.BASIC_CONSUME,
          p -> {
            p.int16(0).text(QUEUE).text("").int8(0);
            table.accept(p);
          });
    };
  }

  private static void consume(SentFrames p) {
    p.int16(0).text(QUEUE).text("").int8(0).int32(0);
  }

  private static void all(SentFrames p) {
    p.text("application/json").int32(0).int8(2).int8(0).text("id").text("").text("").text("m");
    p.int64(1).text("").text(AGENT);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        method("declare", Method.QUEUE_DECLARE, p -> p.int16(0).text(QUEUE).int8(0).int32(0)),
        method("ask for", Method.QUEUE_DECLARE, p -> p.int16(0).text("vidtomo.dead").int8(1)),
        method("bind", 50 << 16 | 20, p -> p.int16(0).text(QUEUE).text(REPORTS).text("#")),
        method("unbind", 50 << 16 | 50, p -> p.int16(0).text("vidtomo.reports.ingest")),
        method("purge", 50 << 16 | 30, p -> p.int16(0).text(QUEUE).int8(0)),
        method("delete", 50 << 16 | 40, p -> p.int16(0).text(QUEUE).int8(0)),
        method("declare an exchange", 40 << 16 | 10, p -> p.int16(0).text("mine")),
        method("bind an exchange", 40 << 16 | 30, p -> p.int16(0).text("mine")),
        method("recover", 60 << 16 | 110, p -> p.int8(1)),
        method("commit", 90 << 16 | 20, p -> {}),
        method("access", 30 << 16 | 10, p -> p.text("/data")),
        method("unknown", 99 << 16 | 99, p -> {}),
        method("empty", 0, p -> {}),
        method("consume another's", Method.BASIC_CONSUME, p -> p.int16(0).text(QUEUE + "0")),
        method("consume the latest", Method.BASIC_CONSUME, p -> p.int16(0).text("")),
        method("take another's", Method.BASIC_GET, p -> p.int16(0).text("vidtomo.dead").int8(1)),
        method(
            "large arguments",
            Method.BASIC_CONSUME,
            p -> p.int16(0).text(QUEUE).text("").int8(0).int32(300).bytes(new byte[300])),
        method(
            "arguments of no end",
            Method.BASIC_CONSUME,
            p -> p.int16(0).text(QUEUE).text("").int8(0).int32(-1)),
        method("open a connection's", Method.CONNECTION_OPEN, p -> p.text("vidtomo")),
        sent("publish by the default exchange", f -> f.publish(1, "", QUEUE)),
        sent("publish a task", f -> f.publish(1, "vidtomo.tasks", QUEUE)),
        sent("tell an outcome", f -> f.publish(1, "vidtomo.outcomes", "")),
        sent("another's key", f -> f.publish(1, REPORTS, "a-2.ok")),
        sent("a longer key", f -> f.publish(1, REPORTS, "a-1.ok.a-2")),
        sent("a key with a line", f -> f.publish(1, REPORTS, "a-1.ok\n")),
        sent("another's heartbeat", f -> f.publish(1, PRESENCE, "a-2")),
        sent("another's user-id", f -> published(f).header(1, 1, "a-2")),
        sent("no user-id", f -> published(f).header(1, 1, 0, p -> {})),
        sent("an encoding", f -> published(f).header(1, 1, 1 << 14, p -> p.text("gzip"))),
        sent(
            "a table that is cut",
            f -> published(f).header(1, 1, 1 << 13, p -> p.int32(3).text("a").int8('S').int32(9))),
        sent(
            "more than its properties",
            f -> published(f).header(1, 1, USER_ID, p -> p.text(AGENT).int8(0))),
        sent("further flags", f -> published(f).header(1, 1, USER_ID | 1, p -> p.text(AGENT))),
        sent("a large body", f -> published(f).header(1, 70_000, AGENT)),
        sent("a body of no end", f -> published(f).header(1, -1, AGENT)),
        sent("more body than said", f -> published(f).header(1, 1, AGENT).body(1, 2)),
        sent("body without header", f -> published(f).body(1, 2)),
        sent("header of nothing", f -> f.header(1, 1, AGENT)),
        sent("body of nothing", f -> f.body(1, 1)),
        sent("two messages at once", f -> published(f).publish(1, REPORTS, "a-1.ok")),
        sent("a channel that is not open", f -> f.publish(2, REPORTS, "a-1.ok")),
        sent("a connection's method out of it", f -> f.method(0, Method.BASIC_ACK, p -> {})),
        sent("a login again", f -> f.login("a-2", "x")),
        method("confirm an end that nobody asked for", Method.CHANNEL_CLOSE_OK, p -> {}),
        sent("seventeen channels", f -> IntStream.rangeClosed(2, 17).forEach(f::channel)),
        sent("hoard in a transaction", AgentFramesTest::hoard),
        sent("a heartbeat with something in it", f -> f.frame(8, 0, p -> p.int8(1))),
        sent("an unknown frame", f -> f.frame(4, 0, p -> {})),
        sent("a method without name", f -> f.frame(Frame.METHOD, 1, p -> p.int16(60))),
        sent("a frame that is too large", f -> f.int8(1).int16(1).int32(70_000)),
        sent("a frame below nothing", f -> f.int8(1).int16(1).int32(-1)),
        sent("a frame without end", f -> f.int8(8).int16(0).int32(0).int8(0)));
  }

  private static Arguments method(String name, int method, Consumer<SentFrames> arguments) {
    return sent(name, f -> f.method(1, method, arguments));
  }

  private static Arguments sent(String name, Consumer<SentFrames> frames) {
    return Arguments.of(name, SentFrames.of(f -> frames.accept(f.protocol().channel(1))));
  }

  private static SentFrames published(SentFrames frames) {
    return frames.publish(1, REPORTS, "a-1.ok");
  }

  private static void hoard(SentFrames frames) {
    frames.method(1, Method.TX_SELECT, p -> {});
    for (int i = 0; i < 5; i++) {
      published(frames).header(1, 0, AGENT);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void whatAnAgentMayNot_isRefused_howeverItComes(String name, byte[] bytes) {
    for (int piece : new int[] {bytes.length, 1, 3}) {
      assertThatThrownBy(() -> passed(bytes, piece)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void otherProtocols_areRefusedAtTheirFirstBytes() {
    for (String other : List.of("GET / HTTP/1.1\r\n", "AMQP\0\1\0\0", "AM\0")) {
      assertThatThrownBy(() -> passed(other.getBytes(), 16)).hasMessageContaining("no AMQP 0-9-1");
    }
  }

  @Test
  void changedBytes_areRefusedOrPass_andNothingElse() throws Exception {
    Random random = new Random(7);
    List<byte[]> seeds = new ArrayList<>();
    refused().forEach(each -> seeds.add((byte[]) each.get()[1]));
    seeds.add(
        SentFrames.of(f -> published(f.protocol().channel(1)).header(1, 4, AGENT).body(1, 4)));
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertThat(verdict(bytes, bytes.length)).isEqualTo(verdict(bytes, 1 + random.nextInt(5)));
    }
  }

  private static String verdict(byte[] bytes, int piece) {
    try {
      return "passed " + passed(bytes, piece);
    } catch (RefusedException e) {
      return e.getMessage();
    }
  }

  /** How many frames pass, in pieces of this size. */
  private static int passed(byte[] bytes, int piece) throws RefusedException {
    AgentFrames frames = new AgentFrames(new AgentRights(AGENT, QUEUE));
    int[] passed = {0};
    FrameSplitter splitter =
        FrameSplitter.ofClient(
            AgentFrames.MOST_PAYLOAD,
            frame -> {
              frames.check(frame);
              passed[0]++;
            });
    for (int at = 0; at < bytes.length; at += piece) {
      splitter.feed(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
    }
    return passed[0];
  }
}
