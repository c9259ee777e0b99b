package org.vidtomo.testsite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestSiteMainTest {

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  private Process run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(TestSiteMain.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    started.add(process);
    return process;
  }

  private static int portOnceUp(Process process) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String first = out.readLine();
    assertThat(first).startsWith("Test site http://www.vidtomo.test:");
    return URI.create(first.replaceAll("^Test site |,.*$", "")).getPort();
  }

  private static void assertFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.20.1"))) {
      assertThat(socket.isBound()).isTrue();
    }
  }

  @Test
  void endOfInput_endsIt() throws Exception {
    Process process = run();
    int port = portOnceUp(process);
    process.getOutputStream().close();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertFree(port);
  }

  @Test
  void requestToTerminate_endsIt() throws Exception {
    Process process = run();
    int port = portOnceUp(process);
    process.destroy();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertFree(port);
  }

  @Test
  void wrongUsage_isExitCodeTwo() throws Exception {
    assertThat(run("--colour").waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(started.get(0).exitValue()).isEqualTo(2);
  }
}
