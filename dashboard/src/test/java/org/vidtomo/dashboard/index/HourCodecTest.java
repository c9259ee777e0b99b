package org.vidtomo.dashboard.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.vidtomo.dashboard.RandomMeasurements;

class HourCodecTest {
  private static final Instant HOUR = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void block_isReadAsItWasWritten() throws Exception {
    HourBlock block = block(500);
    HourBlock read = HourCodec.decode(HourCodec.encode(block));
    assertThat(HourCodec.encode(read)).isEqualTo(HourCodec.encode(block));
    assertThat(read.lines()).isEqualTo(block.lines());
    assertThat(read.columns().rows()).isEqualTo(500);
  }

  @Test
  void emptyHour_isABlockToo() throws Exception {
    assertThat(HourCodec.decode(HourCodec.encode(block(0))).columns().rows()).isZero();
  }

  @Test
  void blockThatIsCutShort_isRefused() {
    byte[] bytes = HourCodec.encode(block(300));
    for (int length : new int[] {0, 1, 17, bytes.length / 2, bytes.length - 20}) {
      assertThatThrownBy(() -> HourCodec.decode(Arrays.copyOf(bytes, length)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void blockWithChangedBytes_isReadOrRefused() {
    byte[] bytes = HourCodec.encode(block(100));
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        HourCodec.decode(changed);
      } catch (IOException e) {
        assertThat(e).isNotNull();
      }
    }
  }

  @Test
  void rowsOfACell_lieTogether() {
    HourBlock block = block(800);
    int[] lines = block.columns().whole(Columns.Whole.LINE);
    int[] videos = block.columns().whole(Columns.Whole.VIDEO);
    long runs = 1;
    long cells = 0;
    java.util.Set<String> seen = new java.util.HashSet<>();
    for (int row = 0; row < lines.length; row++) {
      String cell = block.lines().get(lines[row]).agent() + " " + videos[row];
      cells += seen.add(cell) ? 1 : 0;
      boolean same =
          row > 0 && cell.equals(block.lines().get(lines[row - 1]).agent() + " " + videos[row - 1]);
      runs += row > 0 && !same ? 1 : 0;
    }
    assertThat(runs).isEqualTo(cells);
  }

  private static HourBlock block(int rows) {
    RandomMeasurements random =
        new RandomMeasurements(5, List.of(UUID.randomUUID()), HOUR, Duration.ofMinutes(59));
    HourBuilder builder = new HourBuilder(HOUR);
    for (int i = 0; i < rows; i++) {
      builder.add(random.next());
    }
    return builder.build();
  }
}
