package org.vidtomo.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vidtomo.core.network.KeptAddresses;

class LineMemoryTest {
  @TempDir Path directory;

  @Test
  void addressOfTheLine_isKnownAgainAfterARestart() throws IOException {
    Path file = directory.resolve("line.json");
    LineMemory first = LineMemory.open(file);
    assertThat(first.publicAddresses()).isEmpty();

    first.seen(NetworkView.of(InetAddress.getByName("5.6.7.8")));
    first.seen(NetworkView.UNKNOWN);

    assertThat(first.publicAddresses()).contains("5.6.7.8");
    assertThat(LineMemory.open(file).publicAddresses()).contains("5.6.7.8");
  }

  @Test
  void addressesOfBothFamilies_areKept_eachUntilThereIsAnother() throws IOException {
    Path file = directory.resolve("line.json");
    LineMemory line = LineMemory.open(file);
    line.seen(view("5.6.7.8", Optional.of("2a01:7::5")));
    line.seen(view("2a01:7::6", Optional.empty()));

    assertThat(line.publicAddresses()).containsExactlyInAnyOrder("5.6.7.8", "2a01:7::6");
    assertThat(LineMemory.open(file).publicAddresses()).isEqualTo(line.publicAddresses());
  }

  private static NetworkView view(String address, Optional<String> other) {
    return new NetworkView(
        Optional.of(address),
        other,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        KeptAddresses.WHOLE);
  }

  @Test
  void fileThatCannotBeRead_remembersNothing() throws IOException {
    Path file = directory.resolve("line.json");
    Files.writeString(file, "{\"ipv4\":7");

    assertThat(LineMemory.open(file).publicAddresses()).isEmpty();
  }
}
