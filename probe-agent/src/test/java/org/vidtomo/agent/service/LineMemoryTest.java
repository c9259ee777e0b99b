package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineMemoryTest {
  @TempDir Path directory;

  @Test
  void addressOfTheLine_isKnownAgainAfterARestart() throws IOException {
    Path file = directory.resolve("line.json");
    LineMemory first = LineMemory.open(file);
    assertThat(first.publicAddress()).isEmpty();

    first.seen(NetworkView.of(InetAddress.getByName("5.6.7.8")));
    first.seen(NetworkView.UNKNOWN);

    assertThat(first.publicAddress()).contains("5.6.7.8");
    assertThat(LineMemory.open(file).publicAddress()).contains("5.6.7.8");
  }

  @Test
  void fileThatCannotBeRead_remembersNothing() throws IOException {
    Path file = directory.resolve("line.json");
    Files.writeString(file, "{\"publicIp\":7");

    assertThat(LineMemory.open(file).publicAddress()).isEmpty();
  }
}
