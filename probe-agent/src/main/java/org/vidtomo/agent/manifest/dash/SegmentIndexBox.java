package org.vidtomo.agent.manifest.dash;

import java.net.URI;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vidtomo.agent.manifest.ByteSpan;
import org.vidtomo.agent.manifest.ListedSegments;
import org.vidtomo.agent.manifest.ManifestException;
import org.vidtomo.agent.manifest.MediaSegment;
import org.vidtomo.agent.manifest.Resource;
import org.vidtomo.agent.manifest.Source;

/** Reads a {@code sidx} box (ISO/IEC 14496-12 §8.16.3) as the list of segments that it is. */
public final class SegmentIndexBox {
  private static final int SIDX = 0x73696478;
  private static final int HEADER_BYTES = 8;

  private SegmentIndexBox() {}

  /**
   * Reads the box in the index range of a file.
   *
   * @param bytes of the index range, whole
   */
  public static ListedSegments read(Source.IndexBox source, byte[] bytes) throws ManifestException {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      while (in.remaining() >= HEADER_BYTES) {
        int start = in.position();
        long size = in.getInt() & 0xffffffffL;
        if (in.getInt() == SIDX) {
          long end = source.index().span().map(ByteSpan::first).orElse(0L) + start + size;
          return new ListedSegments(references(source, in, end));
        }
        if (size < HEADER_BYTES || size > bytes.length - start) {
          break;
        }
        in.position(start + (int) size);
      }
      throw ManifestException.unsupported("the index range holds no sidx box");
    } catch (BufferUnderflowException | ArithmeticException e) {
      throw ManifestException.malformed("the sidx box is cut short or beyond counting");
    }
  }

  /** The references after the box's head; their bytes begin where the box ends. */
  private static List<MediaSegment> references(Source.IndexBox source, ByteBuffer in, long boxEnd)
      throws ManifestException {
    boolean wide = in.getInt() >>> 24 > 0;
    in.getInt();
    long timescale = in.getInt() & 0xffffffffL;
    long time = wide ? in.getLong() : in.getInt() & 0xffffffffL;
    long first = Math.addExact(boxEnd, wide ? in.getLong() : in.getInt() & 0xffffffffL);
    in.getShort();
    int count = in.getShort() & 0xffff;
    if (timescale == 0 || time < 0 || first < 0) {
      throw ManifestException.malformed("the sidx box has timescale 0 or negative times");
    }
    URI url = source.index().url();
    List<MediaSegment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int reference = in.getInt();
      long duration = in.getInt() & 0xffffffffL;
      in.getInt();
      long size = reference & 0x7fffffffL;
      if (reference < 0) {
        throw ManifestException.unsupported("the sidx box refers to further sidx boxes");
      }
      long start = micros(time, timescale);
      time = Math.addExact(time, duration);
      long length = micros(time, timescale) - start;
      if (size > 0 && length > 0) {
        segments.add(
            new MediaSegment(
                new Resource(url, Optional.of(ByteSpan.of(first, size))),
                source.init(),
                Math.subtractExact(
                    Math.addExact(source.startMicros(), start), source.offsetMicros()),
                length,
                OptionalLong.empty()));
      }
      first = Math.addExact(first, size);
    }
    return segments;
  }

  private static long micros(long time, long timescale) {
    return Math.addExact(
        Math.multiplyExact(time / timescale, 1_000_000L), time % timescale * 1_000_000 / timescale);
  }
}
