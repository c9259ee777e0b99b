package org.vidtomo.gate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.messaging.admin.AgentRights;
import org.vidtomo.messaging.admin.Usage;

/** The gate before a broker that greets, and tells what comes through. */
class AmqpGateTest {
  private static final String AGENT = "a-1";
  private static final String QUEUE = "vidtomo.tasks.0f";

  @TempDir private Path directory;
  private final BlockingQueue<Integer> arrived = new LinkedBlockingQueue<>();
  private final List<Socket> opened = new ArrayList<>();
  private ServerSocket broker;
  private AmqpGate gate;

  @BeforeEach
  void open() throws Exception {
    broker = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::greetAll, "broker");
    thread.setDaemon(true);
    thread.start();
    gate = gate();
    gate.put(new AgentRights(AGENT, QUEUE), "secret");
  }

  private AmqpGate gate() throws IOException {
    return gate(GatePort.FREE);
  }

  private AmqpGate gate(GatePort port) throws IOException {
    return AmqpGate.open(
        URI.create("amqp://gate:inner@127.0.0.1:" + broker.getLocalPort() + "/vidtomo"),
        port,
        directory.resolve("agents.json"));
  }

  @AfterEach
  void close() throws Exception {
    for (Socket each : opened) {
      each.close();
    }
    gate.close();
    broker.close();
  }

  @Test
  void login_comesThroughByteByByte_withTheGatesOwnUserAndNotTheAgents() throws Exception {
    Socket socket = connect();
    for (byte each : SentFrames.of(f -> f.protocol().login(AGENT, "secret"))) {
      socket.getOutputStream().write(each);
      socket.getOutputStream().flush();
    }
    assertThat(next(socket)).isEqualTo(Method.CONNECTION_START);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CONNECTION_START_OK);
    send(socket, SentFrames.of(f -> f.tuneOk().open("vidtomo").channel(1)));
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CONNECTION_TUNE_OK);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CONNECTION_OPEN);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CHANNEL_OPEN);
    assertThat(gate.usage()).containsOnlyKeys(AGENT);
    assertThat(gate.usage().get(AGENT).messages()).isZero();
  }

  @Test
  void whatAnAgentMayNot_isToldSo_andNothingOfItGetsThrough() throws Exception {
    Socket socket = inside();
    send(socket, SentFrames.of(f -> f.channel(1).publish(1, "vidtomo.tasks", "x").channel(2)));
    assertThat(next(socket)).isEqualTo(Method.CONNECTION_CLOSE);
    assertEnds(socket);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CHANNEL_OPEN);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).as("the connection's end").isEqualTo(-1);
    assertThat(gate.usage().get(AGENT)).extracting(Usage::connections).isEqualTo(1L);
  }

  @Test
  void frameThatIsTooLarge_isRefusedBeforeItIsThere() throws Exception {
    Socket socket = inside();
    send(socket, SentFrames.of(f -> f.int8(Frame.METHOD).int16(1).int32(1 << 30)));
    assertThat(next(socket)).isEqualTo(Method.CONNECTION_CLOSE);
    assertEnds(socket);
  }

  @Test
  void strangers_getNoFurtherThanTheGate() throws Exception {
    for (String first : new String[] {"GET / HTTP/1.1\r\n\r\n", "AMQP\0\1\0\0", "\26\3\1\2\0\1"}) {
      Socket socket = connect();
      send(socket, first.getBytes(UTF_8));
      assertThat(next(socket)).as(first).isEqualTo(Method.CONNECTION_CLOSE);
      assertEnds(socket);
    }
    for (String[] wrong :
        new String[][] {{AGENT, "guess"}, {AGENT, ""}, {"a-2", "secret"}, {"gate", "inner"}}) {
      Socket socket = connect();
      send(socket, SentFrames.of(f -> f.protocol().login(wrong[0], wrong[1])));
      assertThat(next(socket)).isEqualTo(Method.CONNECTION_START);
      assertThat(next(socket)).isEqualTo(Method.CONNECTION_CLOSE);
      assertEnds(socket);
    }
    Socket early = connect();
    send(early, SentFrames.of(f -> f.protocol().channel(1)));
    assertThat(next(early)).isEqualTo(Method.CONNECTION_START);
    assertThat(next(early)).isEqualTo(Method.CONNECTION_CLOSE);
    assertThat(arrived).isEmpty();
  }

  @Test
  void thousandThatSayNothing_doNotKeepAnAgentOut() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      Socket silent = connect();
      if (i % 2 == 0) {
        send(silent, SentFrames.of(SentFrames::protocol));
      }
    }
    inside();
    assertThat(arrived).isEmpty();
  }

  @Test
  void strangers_areFew_andThoseWhoSayNothingGoFirst() throws Exception {
    Socket agent = inside();
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < Strangers.MOST_OF_NETWORK + 20; i++) {
      silent.add(connect());
    }
    for (Socket each : silent.subList(0, 20)) {
      assertEnds(each);
    }
    for (Socket each : silent.subList(20, silent.size())) {
      send(each, SentFrames.of(SentFrames::protocol));
      assertThat(next(each)).isEqualTo(Method.CONNECTION_START);
    }
    send(agent, SentFrames.of(f -> f.channel(1)));
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CHANNEL_OPEN);
  }

  @Test
  void usersAreKept_withoutTheirPasswords_andARemovedOneIsPutOut() throws Exception {
    gate.put(new AgentRights("a-2", QUEUE + "0"), "other");
    assertThat(Files.readString(directory.resolve("agents.json")))
        .contains(AGENT, QUEUE)
        .doesNotContain("secret")
        .doesNotContain("other");
    gate.close();
    gate = gate();
    assertThat(gate.users()).containsExactlyInAnyOrder(AGENT, "a-2");
    Socket socket = inside();
    gate.remove(AGENT);
    assertThat(next(socket)).isEqualTo(Method.CONNECTION_CLOSE);
    assertEnds(socket);
    assertThat(gate.users()).containsExactly("a-2");
  }

  @Test
  void fileOfUsersThatIsDamaged_andPortThatIsTaken_areToldWithWhatToDo() throws Exception {
    GatePort taken =
        new GatePort(
            InetSocketAddress.createUnresolved("127.0.0.1", gate.port()), Optional.empty());
    assertThatThrownBy(() -> gate(taken)).hasMessageContaining("127.0.0.1:" + gate.port());
    Files.writeString(directory.resolve("agents.json"), "{\"a/b\": {}}");
    assertThatThrownBy(this::gate).hasMessageContaining("Move that file away");
  }

  /** Logged in, with the connection open. */
  private Socket inside() throws Exception {
    Socket socket = connect();
    send(socket, SentFrames.of(f -> f.protocol().login(AGENT, "secret")));
    assertThat(next(socket)).isEqualTo(Method.CONNECTION_START);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CONNECTION_START_OK);
    send(socket, SentFrames.of(f -> f.tuneOk().open("vidtomo")));
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CONNECTION_TUNE_OK);
    assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEqualTo(Method.CONNECTION_OPEN);
    return socket;
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), gate.port());
    opened.add(socket);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void send(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** The next method that the gate lets out. */
  private static int next(Socket socket) throws Exception {
    return read(new DataInputStream(socket.getInputStream())).method();
  }

  private static void assertEnds(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  private static Frame read(DataInputStream in) throws Exception {
    byte[] head = new byte[Frame.HEAD_BYTES];
    in.readFully(head);
    byte[] all =
        java.util.Arrays.copyOf(head, head.length + new Fields(head, 3, head.length).int32() + 1);
    in.readFully(all, head.length, all.length - head.length);
    return new Frame(all);
  }

  private void greetAll() {
    while (!broker.isClosed()) {
      try {
        Socket socket = broker.accept();
        Thread each = new Thread(() -> greet(socket), "broker-connection");
        each.setDaemon(true);
        each.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void greet(Socket socket) {
    boolean told = false;
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.readFully(new byte[FrameSplitter.PROTOCOL.length]);
      send(socket, SentFrames.of(f -> f.method(0, Method.CONNECTION_START, p -> p.int8(0))));
      while (true) {
        arrived.add(read(in).method());
        told = true;
      }
    } catch (Exception e) {
      if (told) {
        arrived.add(-1);
      }
    }
  }
}
