package org.vidtomo.agent.guard;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A public server, as far as the guard is told, that leads whoever asks to another address. */
final class PivotServer implements AutoCloseable {
  static final String ADDRESS = "127.77.66.55";

  private static final String HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n";
  private static final String END = "#EXTINF:1,\nmedia.ts\n#EXT-X-ENDLIST\n";

  /** By path; TARGET is where they lead. */
  private static final Map<String, String> PAGES =
      Map.of(
          "/embed.html",
          "<html><body><video src=\"TARGET\"></video></body></html>",
          "/frame.html",
          "<html><body><iframe src=\"TARGET\"></iframe></body></html>",
          "/segment.m3u8",
          HLS + "#EXTINF:1,\nTARGET\n#EXT-X-ENDLIST\n",
          "/master.m3u8",
          "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\nTARGET\n",
          "/map.m3u8",
          HLS + "#EXT-X-MAP:URI=\"TARGET\"\n" + END,
          "/key.m3u8",
          HLS + "#EXT-X-KEY:METHOD=AES-128,URI=\"TARGET\"\n" + END,
          "/moved.m3u8",
          HLS + "#EXTINF:1,\nmoved.ts\n#EXT-X-ENDLIST\n",
          "/base.mpd",
          "<MPD mediaPresentationDuration='PT1S'><Period><AdaptationSet mimeType='video/mp4'>"
              + "<Representation id='1' bandwidth='9'><BaseURL>TARGET</BaseURL><SegmentList"
              + " duration='1'><SegmentURL/></SegmentList></Representation></AdaptationSet>"
              + "</Period></MPD>",
          "/media.ts",
          "G".repeat(188));

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile String target = "";

  PivotServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName(ADDRESS));
    threads.execute(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** What leads to the target from now on. */
  URI url(String path, String to) {
    target = to;
    return URI.create("http://" + ADDRESS + ":" + port() + path);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
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
      String path = in.readLine().split(" ")[1];
      while (!in.readLine().isEmpty()) {}
      socket.getOutputStream().write(answer(path).getBytes(StandardCharsets.UTF_8));
    } catch (IOException | NullPointerException e) {
      // The client has left.
    }
  }

  private String answer(String path) {
    String page = PAGES.get(path);
    if (page == null) {
      return "HTTP/1.1 302 Found\r\nLocation: "
          + target
          + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    }
    String body = page.replace("TARGET", target.replace("&", "&amp;"));
    String type = path.endsWith(".html") ? "text/html" : "application/octet-stream";
    return "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
        .formatted(type, body.length(), body);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
