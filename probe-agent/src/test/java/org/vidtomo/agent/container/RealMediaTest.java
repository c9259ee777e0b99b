package org.vidtomo.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vidtomo.agent.RealData;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.core.wire.Wire;

/** Recorded files against what an independent program says of them. */
class RealMediaTest {
  private static final List<String> PACKETS =
      List.of("sample.mp4", "silent-black-25s.mp4", "sample_fragmented_seekable_multiple_sidx.mp4");

  static ContainerInfo read(byte[] file) {
    ContainerReader reader = new ContainerReader();
    for (int at = 0; at < file.length; at += 1460) {
      reader.accept(ByteBuffer.wrap(file, at, Math.min(1460, file.length - at)));
    }
    return reader.info(file.length, OptionalLong.of(file.length), true);
  }

  @TestFactory
  Stream<DynamicTest> mp4_durationSizeAndCodecsAsExpected() throws IOException {
    Path folder = RealData.folder("5-media", 13).orElse(null);
    if (folder == null) {
      return Stream.empty();
    }
    JsonNode expected =
        Wire.mapper().readTree(Files.readAllBytes(folder.resolve("expected/ffprobe.json")));
    List<DynamicTest> tests = new ArrayList<>();
    expected
        .fields()
        .forEachRemaining(
            entry -> {
              if (entry.getKey().startsWith("mp4/")) {
                tests.add(
                    DynamicTest.dynamicTest(
                        entry.getKey(), () -> compare(folder, entry.getKey(), entry.getValue())));
              }
            });
    return tests.stream();
  }

  private static void compare(Path folder, String name, JsonNode expected) throws IOException {
    ContainerInfo info = read(Files.readAllBytes(folder.resolve("media3").resolve(name)));
    assertThat(info.container()).isEqualTo("mp4");
    double seconds = expected.path("duration").asDouble();
    if (name.endsWith("sample_fragmented.mp4")) {
      assertThat(info.durationMicros()).as("nothing in the file tells").isEmpty();
    } else {
      assertThat(info.durationMicros().orElseThrow() / 1e6)
          .isCloseTo(seconds, org.assertj.core.data.Offset.offset(0.002));
    }
    for (JsonNode stream : expected.path("streams")) {
      if (stream.path("codec_type").asText().equals("video")) {
        assertThat(info.width().orElseThrow()).isEqualTo(stream.path("width").asInt());
        assertThat(info.height().orElseThrow()).isEqualTo(stream.path("height").asInt());
        assertThat(info.videoCodec()).isPresent();
        String[] rate = stream.path("r_frame_rate").asText().split("/");
        assertThat(info.frameRate().orElseThrow())
            .isCloseTo(
                Double.parseDouble(rate[0]) / Double.parseDouble(rate[1]),
                org.assertj.core.data.Percentage.withPercentage(4));
      } else {
        assertThat(info.audioCodec()).isPresent();
      }
    }
    assertThat(info.timeline()).isNotEmpty().hasSizeLessThanOrEqualTo(Timelines.MAX_POINTS);
  }

  @TestFactory
  Stream<DynamicTest> timeline_isThatOfThePackets() {
    Path folder = RealData.folder("5-media", PACKETS.size()).orElse(null);
    return folder == null
        ? Stream.empty()
        : PACKETS.stream().map(name -> DynamicTest.dynamicTest(name, () -> packets(folder, name)));
  }

  /** For each point: every stream has all its packets that end before, and the next one later. */
  private static void packets(Path folder, String name) throws IOException {
    ContainerInfo info = read(Files.readAllBytes(folder.resolve("media3/mp4").resolve(name)));
    Map<Integer, List<long[]>> streams = new HashMap<>();
    for (String line :
        Files.readAllLines(folder.resolve("expected/packets").resolve(name + ".csv"))) {
      String[] cells = line.split(",");
      if (cells.length < 5 || cells[0].isEmpty() || cells[2].equals("N/A")) {
        continue;
      }
      streams
          .computeIfAbsent(Integer.valueOf(cells[0]), s -> new ArrayList<>())
          .add(
              new long[] {
                Math.round(Double.parseDouble(cells[2]) * 1e6),
                Long.parseLong(cells[4]) + Long.parseLong(cells[3])
              });
    }
    for (TimelinePoint point : info.timeline()) {
      long least = Long.MAX_VALUE;
      long longest = 0;
      for (List<long[]> packets : streams.values()) {
        long first = packets.get(0)[0];
        int have = 0;
        while (have < packets.size() && packets.get(have)[1] <= point.bytes()) {
          have++;
        }
        if (have < packets.size()) {
          // A packet is complete until the next one begins.
          least = Math.min(least, packets.get(have)[0] - first);
        } else {
          longest = Math.max(longest, packets.get(have - 1)[0] - first);
        }
      }
      if (least != Long.MAX_VALUE) {
        assertThat(point.mediaMicros())
            .as("at byte %d", point.bytes())
            .isBetween(least - 25_000, least + 25_000);
      } else {
        assertThat(point.mediaMicros()).isGreaterThanOrEqualTo(longest);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> otherContainers_areNamed() throws IOException {
    Path folder = RealData.folder("5-media", 6).orElse(null);
    if (folder == null) {
      return Stream.empty();
    }
    Map<String, String> names =
        Map.of(
            "flv/sample.flv", "flv",
            "mkv/bear-vp9.webm", "webm",
            "mkv/sample.mkv", "matroska",
            "mkv/full_blocks.mkv", "matroska",
            "ts/sample_h264.ts", "mpegts",
            "ts/sample_ac3.ts", "mpegts");
    JsonNode expected =
        Wire.mapper().readTree(Files.readAllBytes(folder.resolve("expected/ffprobe.json")));
    return names.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> header(folder, entry, expected.path(entry.getKey()))));
  }

  private static void header(Path folder, Map.Entry<String, String> name, JsonNode expected)
      throws IOException {
    ContainerInfo info = read(Files.readAllBytes(folder.resolve("media3").resolve(name.getKey())));
    assertThat(info.container()).isEqualTo(name.getValue());
    if (info.durationMicros().isPresent()) {
      assertThat(info.durationMicros().getAsLong() / 1e6)
          .isCloseTo(
              expected.path("duration").asDouble(), org.assertj.core.data.Offset.offset(0.1));
    } else {
      assertThat(name.getValue()).isEqualTo("mpegts");
    }
  }
}
