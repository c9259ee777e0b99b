package org.vidtomo.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A private dnsmasq on a free port of 127.0.0.1 that knows one zone and asks no one. */
public final class Dnsmasq implements AutoCloseable {
  private final ServerProgram program;
  private final int port;

  private Dnsmasq(ServerProgram program, int port) {
    this.program = program;
    this.port = port;
  }

  /**
   * Starts one, and waits until it listens.
   *
   * @param folder its own
   * @param zone what it answers for; other names of it do not exist
   * @param hosts lines of a hosts file
   * @param options further ones: {@code --cname=alias,target,TTL}
   */
  public static Dnsmasq start(Path folder, String zone, List<String> hosts, String... options) {
    int port = Ports.free();
    Path file = folder.resolve("hosts");
    try {
      Files.write(file, hosts);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
    List<String> command =
        new ArrayList<>(
            List.of(ServerProgram.find("dnsmasq", "dnsmasq-base"), "--keep-in-foreground"));
    command.addAll(List.of("--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--pid-file="));
    command.addAll(List.of("--listen-address=127.0.0.1", "--bind-interfaces", "--port=" + port));
    command.add("--user=" + System.getProperty("user.name"));
    command.addAll(List.of("--local=/" + zone + "/", "--addn-hosts=" + file));
    command.addAll(List.of(options));
    ServerProgram program = ServerProgram.start(folder, Map.of(), command);
    program.awaitListening(new InetSocketAddress("127.0.0.1", port));
    return new Dnsmasq(program, port);
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    program.close();
  }
}
