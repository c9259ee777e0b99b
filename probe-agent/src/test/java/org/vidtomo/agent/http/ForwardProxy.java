package org.vidtomo.agent.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP proxy that passes on what it is asked for, and keeps the request lines. */
public final class ForwardProxy implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public ForwardProxy() throws IOException {
    start(this::accept);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  /** The first lines of what was asked, in their order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // One side has left.
              }
            },
            "forward-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      Socket client = door.accept();
      start(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      requests.add(head.get(0));
      String[] parts = head.get(0).split(" ");
      if (parts[0].equals("CONNECT")) {
        tunnel(client, URI.create("https://" + parts[1]));
      } else {
        forward(client, URI.create(parts[1]), head);
      }
    }
  }

  private static void tunnel(Socket client, URI target) throws IOException {
    try (Socket server = new Socket(target.getHost(), target.getPort())) {
      client.getOutputStream().write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes());
      start(() -> client.getInputStream().transferTo(server.getOutputStream()));
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  private static void forward(Socket client, URI target, List<String> head) throws IOException {
    try (Socket server = new Socket(target.getHost(), target.getPort())) {
      OutputStream out = server.getOutputStream();
      head.set(0, "GET " + target.getRawPath() + " HTTP/1.1");
      out.write((String.join("\r\n", head) + "\r\nConnection: close\r\n\r\n").getBytes());
      server.getInputStream().transferTo(client.getOutputStream());
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }
}
