package org.vidtomo.messaging;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

final class PrivateRabbit implements TestBroker {
  private final Path dir;
  private final int port;
  private final int dist;
  private final int epmd;
  private Process process;

  PrivateRabbit(Path dir) throws Exception {
    this.dir = dir;
    port = free();
    dist = free();
    epmd = free();
    Files.writeString(
        dir.resolve("rabbitmq.conf"),
        "listeners.tcp.1 = 127.0.0.1:" + port + "\nlog.file.level = warning\n");
    Files.writeString(dir.resolve("enabled_plugins"), "[].\n");
    start();
  }

  private void start() throws Exception {
    ProcessBuilder b = new ProcessBuilder("/usr/lib/rabbitmq/bin/rabbitmq-server");
    var env = b.environment();
    env.put("RABBITMQ_NODENAME", "m" + port + "@localhost");
    env.put("RABBITMQ_MNESIA_BASE", dir.resolve("mnesia").toString());
    env.put("RABBITMQ_LOG_BASE", dir.resolve("log").toString());
    env.put("RABBITMQ_CONFIG_FILE", dir.resolve("rabbitmq.conf").toString());
    env.put("RABBITMQ_ENABLED_PLUGINS_FILE", dir.resolve("enabled_plugins").toString());
    env.put("RABBITMQ_DIST_PORT", String.valueOf(dist));
    env.put("ERL_EPMD_PORT", String.valueOf(epmd));
    env.put("HOME", dir.toString());
    b.redirectErrorStream(true).redirectOutput(new File(dir.toFile(), "out.log"));
    process = b.start();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(
            () -> {
              try (Socket s = new Socket()) {
                s.connect(new InetSocketAddress("127.0.0.1", port), 500);
                return true;
              }
            });
  }

  @Override
  public URI uri() {
    return URI.create("amqp://guest:guest@127.0.0.1:" + port + "/%2f");
  }

  @Override
  public void restart() throws Exception {
    stop();
    start();
  }

  private void stop() throws Exception {
    var kids = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      kids.forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws Exception {
    stop();
  }

  private static int free() throws IOException {
    try (ServerSocket s = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return s.getLocalPort();
    }
  }
}
