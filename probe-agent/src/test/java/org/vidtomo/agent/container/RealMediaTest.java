package org.vidtomo.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vidtomo.agent.RealData;
import org.vidtomo.core.wire.Wire;

/** Recorded files against what an independent program says of them. */
class RealMediaTest {
  private static final int FILES = 23;
  private static final Map<String, String> CONTAINERS =
      Map.of("mp4", "mp4", "mov", "mp4", "flv", "flv", "webm", "webm", "mkv", "matroska");

  @TestFactory
  Stream<DynamicTest> lengthPictureAndCodecs_areAsExpected() throws IOException {
    return each((name, file, expected) -> compare(name, TimelineCheck.read(file), expected));
  }

  private static void compare(String name, ContainerInfo info, JsonNode expected) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    assertThat(info.container()).isEqualTo(CONTAINERS.getOrDefault(ending, "mpegts"));
    if (name.endsWith("sample_fragmented.mp4")) {
      assertThat(info.durationMicros()).as("its header says that it cannot be known").isEmpty();
    } else {
      assertThat(info.durationMicros().orElseThrow() / 1e6)
          .isCloseTo(expected.path("duration").asDouble(), Offset.offset(0.002));
    }
    for (JsonNode stream : expected.path("streams")) {
      switch (stream.path("codec_type").asText()) {
        case "video" -> picture(info, stream);
        case "audio" -> assertThat(info.audioCodec()).isPresent();
        default -> assertThat(info.timeline()).as("neither sound nor pictures").isEmpty();
      }
    }
  }

  private static void picture(ContainerInfo info, JsonNode stream) {
    assertThat(info.videoCodec()).isPresent();
    if (!info.container().equals("mpegts")) {
      assertThat(info.width()).hasValue(stream.path("width").asInt());
      assertThat(info.height()).hasValue(stream.path("height").asInt());
    }
    String[] rate = stream.path("r_frame_rate").asText().split("/");
    double expected = Double.parseDouble(rate[0]) / Double.parseDouble(rate[1]);
    // Of recordings of screens the highest rate that occurs is told, twice the mean.
    if (expected < 60) {
      assertThat(info.frameRate().orElseThrow()).isCloseTo(expected, Percentage.withPercentage(10));
    }
  }

  @TestFactory
  Stream<DynamicTest> readsOfAnySize_giveTheSame() throws IOException {
    return each(
        (name, file, expected) ->
            assertThat(TimelineCheck.readRandomly(file, new Random(7)))
                .isEqualTo(TimelineCheck.read(file)));
  }

  @TestFactory
  Stream<DynamicTest> timeline_isThatOfThePackets() throws IOException {
    Path lists = RealData.folder("5-media", 6).map(f -> f.resolve("expected/packets")).orElse(null);
    return each(
        (name, file, expected) -> {
          Path list = lists.resolve(Path.of(name).getFileName() + ".csv");
          if (Files.exists(list)) {
            packets(file, new Packets(Files.readAllLines(list)));
          }
        });
  }

  private static void packets(byte[] file, Packets packets) {
    ContainerReader reader = TimelineCheck.reader(file, 1460);
    ContainerInfo info = TimelineCheck.info(reader, file.length);
    TimelineCheck.assertThatOf(packets, info, file.length);
    List<Long> counts =
        reader.samples().stream().map(TrackSamples::count).filter(count -> count > 0).toList();
    List<Long> expected = new ArrayList<>();
    for (int stream = 0; stream < packets.streams(); stream++) {
      expected.add(packets.count(stream));
    }
    assertThat(counts).containsExactlyInAnyOrderElementsOf(expected);
  }

  private interface Check {
    void check(String name, byte[] file, JsonNode expected) throws IOException;
  }

  private static Stream<DynamicTest> each(Check check) throws IOException {
    Path folder = RealData.folder("5-media", FILES).orElse(null);
    if (folder == null) {
      return Stream.empty();
    }
    JsonNode files =
        Wire.mapper().readTree(Files.readAllBytes(folder.resolve("expected/ffprobe.json")));
    return files.properties().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () ->
                        check.check(
                            entry.getKey(),
                            Files.readAllBytes(folder.resolve("media3").resolve(entry.getKey())),
                            entry.getValue())));
  }
}
