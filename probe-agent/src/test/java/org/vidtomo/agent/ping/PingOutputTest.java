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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  /** What is not ASCII comes in the console's own encoding, and so as anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        Ответ от 192.0.2.1: число байт=32 время=14мс TTL=57
        Ответ от 192.0.2.1: число байт=32 время<1мс TTL=57
        Превышен интервал ожидания для запроса.
        Статистика Ping для 192.0.2.1:
            Пакетов: отправлено = 3, получено = 2, потеряно = 1
            (33% потерь)
        Приблизительное время приема-передачи в мс:
            Минимальное = 0мсек, Максимальное = 14 мсек, Среднее = 7 мсек
        """,
        """
        来自 192.0.2.1 的回复: 字节=32 时间=14ms TTL=57
        来自 192.0.2.1 的回复: 字节=32 时间<1ms TTL=57
        请求超时。
            数据包: 已发送 = 3，已接收 = 2，丢失 = 1 (33% 丢失)，
            最短 = 0ms，最长 = 14ms，平均 = 7ms
        """,
        """
        192.0.2.1 からの応答: バイト数 =32 時間 =14ms TTL=57
        192.0.2.1 からの応答: バイト数 =32 時間 <1ms TTL=57
            パケット数: 送信 = 3、受信 = 2、損失 = 1 (33% の損失)、
        """,
        """
        Réponse de 192.0.2.1 : octets=32 temps=14 ms TTL=57
        Réponse de 192.0.2.1 : octets=32 temps<1ms TTL=57
        Délai d'attente de la demande dépassé.
            Paquets : envoyés = 3, reçus = 2, perdus = 1 (perte 33%),
            Minimum = 0ms, Maximum = 14ms, Moyenne = 7ms
        """,
        """
        \ufffd\ufffd\ufffd\ufffd\ufffd 192.0.2.1: \ufffd\ufffd=32 \ufffd\ufffd=14\ufffd\ufffd TTL=57
        \ufffd\ufffd\ufffd\ufffd\ufffd 192.0.2.1: \ufffd\ufffd=32 \ufffd\ufffd<1\ufffd\ufffd TTL=57
            \ufffd: \ufffd\ufffd = 3\ufffd\ufffd\ufffd\ufffd = 2\ufffd\ufffd\ufffd = 1 (33% \ufffd)
        """,
        """
        Réponse de 2001:db8::1 : temps=14 ms
        Réponse de 2001:db8::1 : temps<1ms
            Paquets : envoyés = 3, reçus = 2, perdus = 1 (perte 33%),
        """,
      })
  void windowsElsewhere_isReadByItsNumbers(String output) {
    PingOutput read = PingOutput.parse(output);
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
