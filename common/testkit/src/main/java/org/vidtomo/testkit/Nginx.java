package org.vidtomo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A private nginx of one process. */
public final class Nginx implements AutoCloseable {
  private final ServerProgram program;
  private final int port;

  private Nginx(ServerProgram program, int port) {
    this.program = program;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param folder its own, and the root of relative paths
   * @param servers its {@code server} blocks, given a free port
   */
  public static Nginx start(Path folder, IntFunction<String> servers) {
    return start(folder, List.of(), servers);
  }

  /**
   * Starts one by a command.
   *
   * @param by what runs it: {@code ip netns exec NAME}, or nothing
   */
  public static Nginx start(Path folder, List<String> by, IntFunction<String> servers) {
    int port = Ports.free();
    Path conf = folder.resolve("nginx.conf");
    try {
      Files.writeString(
          conf,
          """
          daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log error.log;
          events {}
          http {
            access_log off; sendfile on; default_type video/mp4;
            client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
            uwsgi_temp_path tmp; scgi_temp_path tmp;
          %s}
          """
              .formatted(servers.apply(port)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write nginx's configuration " + conf, e);
    }
    List<String> command = new ArrayList<>(by);
    command.add(ServerProgram.find("nginx", "nginx-light"));
    command.addAll(List.of("-p", folder.toString(), "-c", conf.toString(), "-e", "error.log"));
    return new Nginx(ServerProgram.start(folder, Map.of(), command), port);
  }

  public int port() {
    return port;
  }

  /** Waits until it listens at an address. */
  public void awaitListening(String address) {
    program.awaitListening(new InetSocketAddress(address, port));
  }

  @Override
  public void close() {
    program.close();
  }
}
