package org.vidtomo.agent.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A private nginx. */
record Nginx(Process process, int port) {
  private static final String INSTALL =
      "nginx is needed by this test: install it (Debian: apt-get install nginx-light)";

  static Nginx start(Path folder, IntFunction<String> servers) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path conf = folder.resolve("nginx.conf");
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
    String program =
        Stream.of(
                "/usr/sbin/nginx",
                "/usr/local/sbin/nginx",
                "/usr/local/bin/nginx",
                "/opt/homebrew/bin/nginx")
            .filter(p -> Files.isExecutable(Path.of(p)))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(INSTALL));
    Process process =
        new ProcessBuilder(
                program, "-p", folder.toString(), "-c", conf.toString(), "-e", "error.log")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.log").toFile())
            .start();
    return new Nginx(process, port);
  }

  /** Waits until it listens at an address. */
  void awaitListening(String address) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptions()
        .until(
            () -> {
              try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), 1000);
                return true;
              }
            });
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
