package org.vidtomo.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vidtomo.core.playback.PlayableMedia;
import org.vidtomo.core.report.TimelinePoint;
import org.vidtomo.testsite.media.Clip;
import org.vidtomo.testsite.media.Clips;

class ContainerReaderTest {
  private static final Clips CLIPS = Clips.load();

  private static byte[] bytes(Clip clip) {
    return CLIPS.bytes(clip).getBytes();
  }

  @ParameterizedTest
  @EnumSource(
      value = Clip.class,
      names = {"LOW", "MID", "HIGH", "MOOV_LAST", "FRAGMENTED", "WEBM", "FLV", "TS"})
  void timelineReachesItsDuration(Clip clip) {
    ContainerInfo info = TimelineCheck.read(bytes(clip));
    List<TimelinePoint> timeline = info.timeline();
    TimelinePoint last = timeline.get(timeline.size() - 1);
    assertThat(last.bytes()).isLessThanOrEqualTo(bytes(clip).length);
    assertThat(last.mediaMicros() / 1e6)
        .isBetween(
            clip.duration().toMillis() / 1000.0 - 0.1, clip.duration().toMillis() / 1000.0 + 0.1);
    assertThat(PlayableMedia.of(timeline).playableMicros(0)).isZero();
  }

  @Test
  void bytesOneAtATime_giveTheSame() {
    byte[] file = bytes(Clip.FRAGMENTED);
    ContainerReader reader = new ContainerReader();
    for (byte b : file) {
      reader.accept(ByteBuffer.wrap(new byte[] {b}));
    }
    assertThat(reader.info(file.length, OptionalLong.of(file.length), true))
        .isEqualTo(TimelineCheck.read(file));
  }

  @Test
  void beginning_hasTheBeginningOfTheTimeline() {
    byte[] file = bytes(Clip.MID);
    int half = file.length / 2;
    ContainerReader reader = new ContainerReader();
    reader.accept(ByteBuffer.wrap(file, 0, half));
    ContainerInfo info = reader.info(half, OptionalLong.of(file.length), true);
    assertThat(info.durationMicros()).hasValue(10_000_000);
    assertThat(info.timeline()).allMatch(point -> point.bytes() <= half);
    assertThat(info.timeline().get(info.timeline().size() - 1).mediaMicros())
        .isBetween(4_000_000L, 6_000_000L);
  }

  @Test
  void indexAtTheEnd_isAskedForApart() {
    byte[] file = bytes(Clip.MOOV_LAST);
    ContainerReader reader = new ContainerReader();
    reader.accept(ByteBuffer.wrap(file, 0, file.length / 2));
    long at = reader.missingIndexAt().orElseThrow();
    assertThat(new String(file, (int) at + 4, 4)).isEqualTo("moov");
    reader.acceptIndex(at, ByteBuffer.wrap(file, (int) at, file.length - (int) at));
    assertThat(reader.missingIndexAt()).isEmpty();
    assertThat(reader.info(file.length / 2, OptionalLong.of(file.length), true).timeline())
        .hasSizeGreaterThan(50);
  }

  @Test
  void indexAtTheEndWithoutRanges_playsOnlyWhenAllIsThere() {
    byte[] file = bytes(Clip.MOOV_LAST);
    ContainerReader reader = new ContainerReader();
    reader.accept(ByteBuffer.wrap(file));
    List<TimelinePoint> timeline =
        reader.info(file.length, OptionalLong.of(file.length), false).timeline();
    assertThat(timeline).hasSize(1);
    assertThat(timeline.get(0).bytes()).isEqualTo(file.length);
  }

  @ParameterizedTest
  @EnumSource(
      value = Clip.class,
      names = {"LOW", "FRAGMENTED", "WEBM", "FLV"})
  void header_tellsTheLengthAndThePicture(Clip clip) {
    ContainerInfo info = TimelineCheck.read(bytes(clip));
    assertThat(info.durationMicros().orElseThrow() / 1e6)
        .isCloseTo(clip.duration().toMillis() / 1000.0, org.assertj.core.data.Offset.offset(0.2));
    assertThat(info.width()).hasValue(clip.width());
    assertThat(info.height()).hasValue(clip.height());
    assertThat(info.videoCodec()).isPresent();
    assertThat(info.frameRate()).hasValue(25);
  }

  @ParameterizedTest
  @EnumSource(
      value = Clip.class,
      names = {"MID", "MOOV_LAST", "FRAGMENTED", "WEBM", "FLV", "TS"})
  void damagedMedia_neverThrowsOrHangs(Clip clip) {
    byte[] good = bytes(clip);
    int size = Math.min(good.length, 100_000);
    Random random = new Random(11);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int run = 0; run < 150; run++) {
            byte[] file = java.util.Arrays.copyOf(good, size);
            for (int i = 0; i < 1 + random.nextInt(40); i++) {
              file[random.nextInt(Math.min(size, 8000))] = (byte) random.nextInt();
            }
            assertRises(TimelineCheck.read(file).timeline());
          }
        });
  }

  private static void assertRises(List<TimelinePoint> timeline) {
    if (!timeline.isEmpty()) {
      assertThat(PlayableMedia.of(timeline)).isNotNull();
    }
  }

  @Test
  void lengthsThatPromiseTooMuch_costNothing() {
    ByteBuffer huge = ByteBuffer.allocate(64);
    huge.putInt(1).put("moov".getBytes()).putLong(Long.MAX_VALUE - 100).flip();
    ContainerReader reader = new ContainerReader();
    reader.accept(huge);
    assertThat(reader.info(64, OptionalLong.empty(), true).timeline()).isEmpty();
  }

  private static byte[] box(String type, byte[]... contents) {
    ByteBuffer box =
        ByteBuffer.allocate(8 + java.util.Arrays.stream(contents).mapToInt(c -> c.length).sum());
    box.putInt(box.capacity()).put(type.getBytes());
    java.util.Arrays.stream(contents).forEach(box::put);
    return box.array();
  }

  private static byte[] ints(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
    java.util.Arrays.stream(numbers).forEach(bytes::putInt);
    return bytes.array();
  }

  /** A track whose tables name so many samples of a byte in each of its chunks. */
  private static byte[] movie(int samples, int inEachChunk, byte[] offsets) {
    byte[] table =
        box(
            "stbl",
            box("stts", ints(0, 1, samples, 1)),
            box("stsc", ints(0, 1, 1, inEachChunk, 1)),
            offsets,
            box("stsz", ints(0, 1, samples)));
    byte[] media =
        box(
            "mdia",
            box("mdhd", ints(0, 0, 0, 1000, 0, 0)),
            box("hdlr", ints(0, 0), "vide".getBytes(), new byte[12]),
            box("minf", table));
    byte[] track = box("trak", box("tkhd", ints(1, 0, 0, 1, 0, 0)), media);
    return box("moov", box("mvhd", ints(0, 0, 0, 1000, 10_000)), track);
  }

  @Test
  void tablesOfThousandsOfMillions_areLeft() {
    byte[] good = movie(100, 100, box("stco", ints(0, 1, 0)));
    assertThat(info(good).timeline()).as("such a table is read").isNotEmpty();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          byte[] offsets = box("stco", ints(0, 90_000), new byte[4 * 90_000]);
          assertThat(info(movie(-1, 50_000, offsets)).timeline()).isEmpty();
        });
  }

  private static ContainerInfo info(byte[] file) {
    ContainerReader reader = new ContainerReader();
    reader.accept(ByteBuffer.wrap(file));
    return reader.info(100_000_000, OptionalLong.of(200_000_000), true);
  }

  @Test
  void offsetsBeyondCounting_giveNoTimeline() {
    byte[] offsets = box("co64", ints(0, 1, Integer.MAX_VALUE, -1));
    assertThat(info(movie(100, 100, offsets)).timeline()).isEmpty();
  }

  @Test
  void metadataThatEndsInAnEmptyName_isReadAsFarAsItGoes() {
    ByteBuffer file = ByteBuffer.allocate(4096);
    file.put("FLV".getBytes()).put((byte) 1).put((byte) 5).putInt(9).putInt(0);
    ByteBuffer tag = ByteBuffer.allocate(64);
    tag.put((byte) 2).putShort((short) 10).put("onMetaData".getBytes()).put((byte) 8).putInt(2);
    tag.putShort((short) 5).put("width".getBytes()).put((byte) 0).putDouble(640);
    tag.putShort((short) 6).put("height".getBytes()).put((byte) 0).putDouble(360);
    tag.putShort((short) 0);
    int length = tag.position();
    file.putInt(18 << 24 | length).putInt(0).put(new byte[3]).put(tag.array(), 0, length);
    assertThat(info(file.array()).width()).hasValue(640);
  }
}
