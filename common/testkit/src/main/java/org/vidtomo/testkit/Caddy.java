package org.vidtomo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A private caddy: HTTP/1.1, 2 and 3 of one port of 127.0.0.1. */
public final class Caddy implements AutoCloseable {
  /** What lies in this folder comes with a header of 200,000 bytes. */
  public static final String HEADER_FLOOD = "/header-flood";

  private static final int FLOOD_BYTES = 200_000;

  private final ServerProgram program;
  private final int port;

  private Caddy(ServerProgram program, int port) {
    this.program = program;
    this.port = port;
  }

  /**
   * Starts one that serves a folder's files, and waits until it listens.
   *
   * @param folder its own
   * @param certificate PEM file
   * @param key PEM file
   * @param protocols as its configuration has them: {@code h1}, {@code h2}, {@code h3}
   */
  public static Caddy start(
      Path folder, Path root, Path certificate, Path key, String... protocols) {
    int port = Ports.free();
    Path conf = folder.resolve("Caddyfile");
    try {
      Files.writeString(
          conf,
          """
          {
            admin off
            auto_https off
            servers {
              protocols %s
            }
          }
          https://127.0.0.1:%d, https://localhost:%d {
            bind 127.0.0.1
            tls %s %s
            root * %s
            header /header-flood/* X-Flood %s
            file_server
          }
          """
              .formatted(
                  String.join(" ", protocols),
                  port,
                  port,
                  certificate,
                  key,
                  root,
                  "a".repeat(FLOOD_BYTES)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write caddy's configuration " + conf, e);
    }
    ServerProgram program =
        ServerProgram.start(
            folder,
            Map.of("HOME", folder.toString(), "XDG_DATA_HOME", folder.toString()),
            List.of(
                ServerProgram.find("caddy", "caddy"),
                "run",
                "--config",
                conf.toString(),
                "--adapter",
                "caddyfile"));
    program.awaitListening(new InetSocketAddress("127.0.0.1", port));
    return new Caddy(program, port);
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    program.close();
  }
}
