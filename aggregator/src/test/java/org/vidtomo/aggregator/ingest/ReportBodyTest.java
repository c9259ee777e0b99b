package org.vidtomo.aggregator.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.vidtomo.core.wire.Wire;
import org.vidtomo.messaging.PoisonException;

class ReportBodyTest {
  @Test
  void json_of_every_length_comes_out_as_it_went_in() throws Exception {
    Random random = new Random(8);
    for (int length : new int[] {0, 1, 100, 5_000, 100_000}) {
      byte[] json = new byte[length];
      for (int i = 0; i < length; i++) {
        json[i] = (byte) ('0' + random.nextInt(3));
      }
      assertThat(ReportBody.json(gzip(json), "gzip")).isEqualTo(json);
    }
    byte[] even = new byte[Wire.MAX_BYTES];
    assertThat(ReportBody.json(gzip(even), "gzip")).as("far smaller compressed").isEqualTo(even);
  }

  @Test
  void several_members_are_one_body() throws Exception {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(gzip("{\"a\":".repeat(50).getBytes()));
    two.write(gzip("1}".getBytes()));
    assertThat(ReportBody.json(two.toByteArray(), "gzip"))
        .asString()
        .isEqualTo("{\"a\":".repeat(50) + "1}");
  }

  @Test
  void body_that_says_another_length_or_ends_early_is_poison() throws Exception {
    byte[] body = gzip("{\"a\":1}".getBytes());
    for (int at = body.length - 8; at < body.length; at++) {
      byte[] wrong = body.clone();
      wrong[at] ^= 0x55;
      assertThatThrownBy(() -> ReportBody.json(wrong, "gzip")).isInstanceOf(PoisonException.class);
    }
    for (int length = 0; length < body.length; length++) {
      byte[] cut = Arrays.copyOf(body, length);
      assertThatThrownBy(() -> ReportBody.json(cut, "gzip")).isInstanceOf(PoisonException.class);
    }
  }

  @Test
  void json_that_grows_over_all_bounds_is_poison() throws Exception {
    byte[] body = gzip(new byte[Wire.MAX_BYTES + 1]);
    assertThatThrownBy(() -> ReportBody.json(body, "gzip"))
        .isInstanceOf(PoisonException.class)
        .hasMessageContaining("over " + Wire.MAX_BYTES);
  }

  private static byte[] gzip(byte[] json) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(json);
    }
    return compressed.toByteArray();
  }
}
