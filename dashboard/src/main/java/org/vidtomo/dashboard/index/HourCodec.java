package org.vidtomo.dashboard.index;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.core.report.Outcome;
import org.vidtomo.dashboard.index.Columns.Whole;

/** An hour's block as bytes: its tables, then column after column, deflated. */
final class HourCodec {
  /** Raised whenever the bytes or what they mean change; older blocks are then made anew. */
  static final int FORMAT = 3;

  /** More of one hour are not kept in memory, nor believed of a block that was read. */
  static final int MAX_ROWS = 20_000_000;

  private static final int NO_OFFSET = Integer.MIN_VALUE;

  private HourCodec() {}

  private interface Writer<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  private interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static byte[] encode(HourBlock block) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(bytes, deflater, 1 << 16))) {
      out.writeInt(block.columns().rows());
      writeAll(out, block.lines(), HourCodec::writeLine);
      writeAll(out, block.videos(), HourCodec::writeString);
      writeAll(out, block.origins(), HourCodec::writeOrigin);
      writeAll(out, block.caches(), HourCodec::writeCache);
      writeAll(out, block.endings(), HourCodec::writeEnding);
      writeAll(out, block.resolvers(), HourCodec::writeString);
      ColumnCodec.write(out, block.columns());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a block.
   *
   * @throws IOException when it is none, or is cut short
   */
  static HourBlock decode(byte[] bytes) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      int rows = count(in);
      List<Line> lines = readAll(in, HourCodec::readLine);
      List<String> videos = readAll(in, HourCodec::readString);
      List<Origin> origins = readAll(in, HourCodec::readOrigin);
      List<CacheHost> caches = readAll(in, HourCodec::readCache);
      List<Ending> endings = readAll(in, HourCodec::readEnding);
      List<String> resolvers = readAll(in, HourCodec::readString);
      HourBlock block =
          new HourBlock(
              lines, videos, origins, caches, endings, resolvers, ColumnCodec.read(in, rows));
      check(block);
      return block;
    }
  }

  private static void check(HourBlock block) throws IOException {
    checkNumbers(block.columns().whole(Whole.LINE), 0, block.lines().size());
    checkNumbers(block.columns().whole(Whole.VIDEO), 0, block.videos().size());
    checkNumbers(block.columns().whole(Whole.ORIGIN), 0, block.origins().size());
    checkNumbers(block.columns().whole(Whole.CACHE), -1, block.caches().size());
    checkNumbers(block.columns().whole(Whole.ENDING), 0, block.endings().size());
    checkAnswers(block.columns().answers(), block.resolvers().size());
  }

  private static void checkAnswers(Answers answers, int resolvers) throws IOException {
    checkNumbers(answers.resolver(), 0, resolvers);
    int before = 0;
    for (int end : answers.end()) {
      if (end < before || end > answers.count()) {
        throw new IOException("a block of the index has answers of no row");
      }
      before = end;
    }
  }

  private static void checkNumbers(int[] numbers, int least, int size) throws IOException {
    for (int number : numbers) {
      if (number < least || number >= size) {
        throw new IOException(
            "a block of the index names entry %d of a table of %d".formatted(number, size));
      }
    }
  }

  static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > MAX_ROWS) {
      throw new IOException("a block of the index says that it has " + count + " entries");
    }
    return count;
  }

  private static <T> void writeAll(DataOutputStream out, List<T> values, Writer<T> writer)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writer.write(out, value);
    }
  }

  private static <T> List<T> readAll(DataInputStream in, Reader<T> reader) throws IOException {
    int count = count(in);
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(reader.read(in));
    }
    return values;
  }

  private static void writeLine(DataOutputStream out, Line line) throws IOException {
    writeString(out, line.agent());
    writeText(out, line.provider());
    writeText(out, line.prefix());
    out.writeLong(line.asn().orElse(-1));
    writeText(out, line.asName());
    writeText(out, line.country());
    writeText(out, line.technology());
    writeString(out, line.family());
    out.writeInt(line.utcOffsetMinutes().orElse(NO_OFFSET));
    out.writeBoolean(line.clockOff());
  }

  private static Line readLine(DataInputStream in) throws IOException {
    String agent = readString(in);
    Optional<String> provider = readText(in);
    Optional<String> prefix = readText(in);
    OptionalLong asn = number(in.readLong());
    Optional<String> asName = readText(in);
    Optional<String> country = readText(in);
    Optional<String> technology = readText(in);
    String family = readString(in);
    int offset = in.readInt();
    return new Line(
        agent,
        provider,
        prefix,
        asn,
        asName,
        country,
        technology,
        family,
        offset == NO_OFFSET ? OptionalInt.empty() : OptionalInt.of(offset),
        in.readBoolean());
  }

  private static void writeString(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readString(DataInputStream in) throws IOException {
    return new String(ColumnCodec.bytes(in, count(in)).array(), StandardCharsets.UTF_8);
  }

  private static void writeText(DataOutputStream out, Optional<String> text) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      writeString(out, text.get());
    }
  }

  private static Optional<String> readText(DataInputStream in) throws IOException {
    return in.readBoolean() ? Optional.of(readString(in)) : Optional.empty();
  }

  private static void writeOrigin(DataOutputStream out, Origin origin) throws IOException {
    out.writeBoolean(origin.campaign().isPresent());
    if (origin.campaign().isPresent()) {
      out.writeLong(origin.campaign().get().getMostSignificantBits());
      out.writeLong(origin.campaign().get().getLeastSignificantBits());
    }
    writeString(out, origin.service());
  }

  private static Origin readOrigin(DataInputStream in) throws IOException {
    Optional<UUID> campaign =
        in.readBoolean() ? Optional.of(new UUID(in.readLong(), in.readLong())) : Optional.empty();
    return new Origin(campaign, readString(in));
  }

  private static void writeCache(DataOutputStream out, CacheHost cache) throws IOException {
    writeString(out, cache.host());
    out.writeLong(cache.asn().orElse(-1));
    writeText(out, cache.asName());
    writeText(out, cache.site());
  }

  private static CacheHost readCache(DataInputStream in) throws IOException {
    return new CacheHost(readString(in), number(in.readLong()), readText(in), readText(in));
  }

  private static void writeEnding(DataOutputStream out, Ending ending) throws IOException {
    writeString(out, ending.outcome().name());
    writeText(out, ending.kind().map(FailureKind::name));
    writeText(out, ending.operation());
  }

  private static Ending readEnding(DataInputStream in) throws IOException {
    return new Ending(
        known(Outcome.class, readString(in), Outcome.FAILED),
        readText(in).map(kind -> known(FailureKind.class, kind, FailureKind.UNKNOWN)),
        readText(in));
  }

  /** A newer version may have written a word that this one does not know. */
  private static <E extends Enum<E>> E known(Class<E> type, String name, E otherwise) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElse(otherwise);
  }

  private static OptionalLong number(long stored) {
    return stored < 0 ? OptionalLong.empty() : OptionalLong.of(stored);
  }
}
