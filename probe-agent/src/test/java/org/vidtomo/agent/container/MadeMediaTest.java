package org.vidtomo.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vidtomo.core.report.TimelinePoint;

/** Every container as ffmpeg writes it, against what ffprobe reads. */
class MadeMediaTest {
  /** Pictures out of order, and a sound track of another length. */
  private static final String AVC = "-c:v libx264 -preset veryfast -bf 3 -g 25 -c:a aac";

  @TempDir private static Path folder;

  @BeforeAll
  static void make() throws Exception {
    Ffmpeg.make(folder.resolve("base.mkv"), AVC);
  }

  /** Puts the base into another container, without encoding it again. */
  private static Path remux(String name, String options) throws Exception {
    Path file = folder.resolve(name);
    Ffmpeg.make(file, "-i " + folder.resolve("base.mkv") + " -map 2 -c copy " + options);
    return file;
  }

  private static void compare(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    JsonNode probed = Ffmpeg.probe(file);
    ContainerReader reader = TimelineCheck.reader(bytes, 1460);
    ContainerInfo info = TimelineCheck.info(reader, bytes.length);
    Packets packets = Ffmpeg.packets(file, probed);
    // Where a container has no header, ffprobe estimates from the last packets' times.
    double told = probed.path("format").path("duration").asDouble(packets.durationMicros() / 1e6);
    assertThat(info.durationMicros().orElseThrow() / 1e6)
        .satisfiesAnyOf(
            seconds -> assertThat(seconds).isCloseTo(told, Offset.offset(0.025)),
            seconds ->
                assertThat(seconds)
                    .isCloseTo(packets.durationMicros() / 1e6, Offset.offset(0.025)));
    TimelineCheck.assertThatOf(packets, info, bytes.length);
    List<Long> counts =
        reader.samples().stream().map(TrackSamples::count).filter(count -> count > 0).toList();
    assertThat(counts).hasSize(packets.streams());
    assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(packets.count());
    for (int seed = 0; seed < 3; seed++) {
      assertThat(TimelineCheck.readRandomly(bytes, new Random(seed))).isEqualTo(info);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "first.mp4, -movflags +faststart",
    "last.mp4, -movflags 0",
    "quicktime.mov, -movflags 0",
    "fragments.mp4, -movflags +frag_keyframe+empty_moov",
    "relative.mp4, -movflags +frag_keyframe+empty_moov+default_base_moof+omit_tfhd_offset",
    "segments.mp4, -movflags +dash+delay_moov+global_sidx -frag_duration 500000",
    "small.mp4, -movflags +frag_every_frame+empty_moov",
    "base.webm.mkv, -cues_to_front 1",
    "live.mkv, -live 1",
    "short.mkv, -cluster_time_limit 100",
    "plain.flv, -flvflags 0",
    "nolength.flv, -flvflags no_duration_filesize+no_metadata",
    "plain.ts, -muxrate 0",
    "bluray.m2ts, -c:a ac3 -mpegts_m2ts_mode 1",
    "wrapping.ts, -output_ts_offset 95442",
    "constant.ts, -muxrate 2M",
    "tables.ts, -mpegts_flags +resend_headers -pat_period 0.1",
  })
  void containerOfTheSameStreams_isReadAsFfprobeDoes(String name, String options) throws Exception {
    compare(remux(name, options));
  }

  @ParameterizedTest
  @CsvSource({
    "vp8.webm, -c:v libvpx -deadline realtime -c:a libopus",
    "vp9.mp4, -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus",
    "old.flv, -c:v flv -c:a libmp3lame -ar 44100",
    "mpeg2.ts, -c:v mpeg2video -bf 2 -c:a mp2",
    "dolby.ts, -c:v mpeg2video -c:a ac3",
    "dolbyplus.ts, -c:v mpeg2video -c:a eac3",
    "mp3.ts, -vn -map 1 -c:a libmp3lame",
    "sound.m4a, -vn -map 1 -c:a aac",
    "pictures.mkv, -an -map 0 -c:v libx264 -preset ultrafast",
    "two.mp4, -map 0 -map 1 -map 1 -c:v mpeg4 -c:a aac",
    "programs.ts, -map 0 -map 1 -map 0 -map 1 -c:v mpeg2video -c:a mp2"
        + " -program st=0:st=1 -program st=2:st=3",
  })
  void otherCodecsAndStreams_areReadAsFfprobeDoes(String name, String options) throws Exception {
    Path file = folder.resolve(name);
    Ffmpeg.make(file, options);
    compare(file);
  }

  @Test
  void soundThatBeginsLater_doesNotHoldThePicturesBefore() throws Exception {
    Path file = folder.resolve("later.mp4");
    String base = folder.resolve("base.mkv").toString();
    Ffmpeg.make(file, "-i " + base + " -itsoffset 0.7 -i " + base + " -map 2:v -map 3:a -c copy");
    compare(file);
  }

  @Test
  void packetsWithErrorCorrection_areReadLikeBareOnes() throws Exception {
    byte[] bare = Files.readAllBytes(remux("bare.ts", "-muxrate 0"));
    ByteArrayOutputStream corrected = new ByteArrayOutputStream();
    for (int at = 0; at < bare.length; at += 188) {
      corrected.write(bare, at, 188);
      corrected.write(new byte[16]);
    }
    Path file = folder.resolve("corrected.ts");
    Files.write(file, corrected.toByteArray());
    compare(file);
  }

  @Test
  void junkBetweenPackets_isPassedOver() throws Exception {
    byte[] bare = Files.readAllBytes(remux("clean.ts", "-muxrate 0"));
    Random random = new Random(3);
    ByteArrayOutputStream dirty = new ByteArrayOutputStream();
    for (int at = 0; at < bare.length; at += 188) {
      if (at / 188 % 40 == 0) {
        dirty.write(noSync(random, random.nextInt(180)));
      }
      dirty.write(bare, at, 188);
    }
    ContainerInfo clean = TimelineCheck.read(bare);
    ContainerInfo found = TimelineCheck.read(dirty.toByteArray());
    assertThat(found.container()).isEqualTo("mpegts");
    assertThat(found.durationMicros()).isEqualTo(clean.durationMicros());
    assertThat(found.timeline()).hasSameSizeAs(clean.timeline());
  }

  private static byte[] noSync(Random random, int size) {
    byte[] junk = new byte[size];
    for (int i = 0; i < size; i++) {
      junk[i] = (byte) random.nextInt('G');
    }
    return junk;
  }

  @ParameterizedTest
  @CsvSource({"joined.ts, -muxrate 0", "joined.mkv, -live 1"})
  void streamsOneBehindTheOther_playOneBehindTheOther(String name, String options)
      throws Exception {
    byte[] one = Files.readAllBytes(remux(name, options));
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    long once = last(TimelineCheck.read(one));
    assertThat(last(TimelineCheck.read(two)) / 1e6).isCloseTo(2 * once / 1e6, Offset.offset(0.1));
  }

  private static long last(ContainerInfo info) {
    List<TimelinePoint> timeline = info.timeline();
    return timeline.get(timeline.size() - 1).mediaMicros();
  }

  @ParameterizedTest
  @CsvSource({
    "cut.mp4, -movflags +faststart",
    "cutfragments.mp4, -movflags +frag_keyframe+empty_moov",
    "cut.mkv, -live 1",
    "cut.flv, -flvflags 0",
    "cut.ts, -muxrate 0",
  })
  void beginning_hasTheBeginningOfTheTimeline(String name, String options) throws Exception {
    byte[] file = Files.readAllBytes(remux(name, options));
    List<TimelinePoint> whole = TimelineCheck.read(file).timeline();
    Random random = new Random(5);
    for (int run = 0; run < 20; run++) {
      int cut = 1 + random.nextInt(file.length - 1);
      ContainerReader reader = TimelineCheck.reader(Arrays.copyOf(file, cut), 1460);
      List<TimelinePoint> part = reader.info(cut, OptionalLong.of(file.length), true).timeline();
      assertThat(part).allMatch(point -> point.bytes() <= cut);
      int same = Math.max(0, part.size() - 4);
      assertThat(part.subList(0, same)).isEqualTo(whole.subList(0, same));
      long behind = whole.stream().filter(point -> point.bytes() <= cut).count() - part.size();
      assertThat(behind).as("points that are missing at byte %d", cut).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void boxesBeforeAndBehind_areReadOver() throws Exception {
    byte[] file = Files.readAllBytes(remux("inside.mp4", "-movflags +faststart"));
    ByteArrayOutputStream around = new ByteArrayOutputStream();
    around.write(new byte[] {0, 0, 0, 16, 'u', 'u', 'i', 'd', 1, 2, 3, 4, 5, 6, 7, 8});
    around.write(file);
    around.write("no box at all, only some text".getBytes(StandardCharsets.UTF_8));
    assertThat(TimelineCheck.read(around.toByteArray()).durationMicros())
        .isEqualTo(TimelineCheck.read(file).durationMicros());
  }
}
