package org.vidtomo.agent.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that reads a request's head and then does what a test wants, byte for byte. */
public final class RawServer implements AutoCloseable {
  /** What to do with a connection; it is closed afterwards. */
  public interface Script {
    void play(Socket socket, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Script script;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  public RawServer(Script script) throws IOException {
    this(InetAddress.getByName("127.0.0.1"), script);
  }

  /** On another of this machine's addresses. */
  public RawServer(InetAddress address, Script script) throws IOException {
    this.script = script;
    this.server = new ServerSocket(0, 50, address);
    start(this::accept);
  }

  /** Answers with a head and a body, and closes. */
  public static RawServer answering(String head, byte[] body) throws IOException {
    return new RawServer(
        (socket, out) -> {
          out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
          out.write(body);
        });
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public int port() {
    return server.getLocalPort();
  }

  public Endpoint endpoint() {
    return new Endpoint(
        new InetSocketAddress(server.getInetAddress(), port()), java.util.Optional.empty());
  }

  /** The heads of the requests that came. */
  public List<String> heads() {
    return heads;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      heads.add(head.toString());
      OutputStream out = socket.getOutputStream();
      script.play(socket, out);
      out.flush();
    } catch (IOException e) {
      // The client has left, as it should.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
