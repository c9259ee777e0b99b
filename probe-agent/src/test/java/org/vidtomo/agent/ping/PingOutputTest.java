package org.vidtomo.agent.ping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vidtomo.agent.RealData;
import org.vidtomo.core.wire.Wire;

class PingOutputTest {
  @Test
  void iputils_lostAndDuplicateLeftOut() {
    PingOutput read =
        PingOutput.parse(
            """
            PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.
            64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.045 ms
            64 bytes from 192.0.2.1: icmp_seq=3 ttl=64 time=12.3 ms
            64 bytes from 192.0.2.1: icmp_seq=3 ttl=64 time=12.9 ms (DUP!)

            --- 192.0.2.1 ping statistics ---
            3 packets transmitted, 2 received, +1 duplicates, 33.3% packet loss, time 402ms
            rtt min/avg/max/mdev = 0.045/6.172/12.300/6.127 ms
            """);
    assertThat(read.sent()).hasValue(3);
    assertThat(read.delaysMicros()).containsExactly(45L, 12_300L);
  }

  @Test
  void busybox_itsOwnWords() {
    PingOutput read =
        PingOutput.parse(
            """
            PING 127.0.0.1 (127.0.0.1): 56 data bytes
            64 bytes from 127.0.0.1: seq=0 ttl=64 time=0.118 ms
            64 bytes from 127.0.0.1: seq=1 ttl=64 time=0.076 ms

            --- 127.0.0.1 ping statistics ---
            2 packets transmitted, 2 packets received, 0% packet loss
            round-trip min/avg/max = 0.076/0.097/0.118 ms
            """);
    assertThat(read.sent()).hasValue(2);
    assertThat(read.delaysMicros()).containsExactly(118L, 76L);
  }

  @Test
  void windows_inWhateverLanguage() {
    PingOutput read =
        PingOutput.parse(
            """
            Ping wird ausgeführt für 192.0.2.1 mit 32 Bytes Daten:
            Antwort von 192.0.2.1: Bytes=32 Zeit=14ms TTL=57
            Antwort von 192.0.2.1: Bytes=32 Zeit<1ms TTL=57
            Zeitüberschreitung der Anforderung.

            Ping-Statistik für 192.0.2.1:
                Pakete: Gesendet = 3, Empfangen = 2, Verloren = 1
                (33% Verlust),
            Ca. Zeitangaben in Millisek.:
                Minimum = 0ms, Maximum = 14ms, Mittelwert = 7ms
            """);
    assertThat(read.sent()).hasValue(3);
    assertThat(read.delaysMicros()).containsExactly(14_000L, 1_000L);
  }

  @Test
  void windowsIpv6_withoutTtl() {
    PingOutput read =
        PingOutput.parse(
            """
            Pinging 2001:db8::1 with 32 bytes of data:
            Reply from 2001:db8::1: time=9ms
            Reply from 2001:db8::1: time<1ms

                Packets: Sent = 2, Received = 2, Lost = 0 (0% loss),
            """);
    assertThat(read.delaysMicros()).containsExactly(9_000L, 1_000L);
    assertThat(read.sent()).hasValue(2);
  }

  @Test
  void otherOutput_isNoReply() {
    PingOutput read = PingOutput.parse("ping: socket: Operation not permitted\n");
    assertThat(read.sent()).isEmpty();
    assertThat(read.delaysMicros()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> recordedOutputs_readAsExpected() throws IOException {
    Path folder = RealData.folder("10-ping", 30).orElse(null);
    if (folder == null) {
      return Stream.empty();
    }
    List<Path> outputs;
    try (Stream<Path> files = Files.walk(folder)) {
      outputs =
          files
              .filter(f -> f.getFileName().toString().matches("ping.*\\.out"))
              .filter(f -> Files.exists(expected(f)))
              .toList();
    }
    return outputs.stream()
        .map(f -> DynamicTest.dynamicTest(folder.relativize(f).toString(), () -> compare(f)));
  }

  private static Path expected(Path output) {
    return output.resolveSibling(output.getFileName().toString().replace(".out", ".json"));
  }

  private static void compare(Path output) throws IOException {
    JsonNode json = Wire.mapper().readTree(Files.readAllBytes(expected(output)));
    PingOutput read = PingOutput.parse(Files.readString(output));
    List<Long> delays =
        StreamSupport.stream(json.path("responses").spliterator(), false)
            .filter(
                r -> r.path("type").asText().equals("reply") && !r.path("duplicate").asBoolean())
            .map(r -> Math.round(r.path("time_ms").asDouble() * 1000))
            .toList();
    assertThat(read.sent().orElseThrow()).isEqualTo(json.path("packets_transmitted").asInt());
    assertThat(read.delaysMicros()).isEqualTo(delays);
  }
}
