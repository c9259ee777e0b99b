package org.vidtomo.dashboard.index;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.vidtomo.dashboard.index.Columns.Real;
import org.vidtomo.dashboard.index.Columns.Whole;

/** Columns as bytes, one after the other; {@link HourCodec#FORMAT} covers them too. */
final class ColumnCodec {
  private ColumnCodec() {}

  static void write(DataOutputStream out, Columns columns) throws IOException {
    for (int[] whole : columns.whole()) {
      writeInts(out, whole, columns.rows());
    }
    for (double[] real : columns.real()) {
      ByteBuffer bytes = ByteBuffer.allocate(columns.rows() * Double.BYTES);
      bytes.asDoubleBuffer().put(real, 0, columns.rows());
      out.write(bytes.array());
    }
    out.write(columns.state(), 0, columns.rows());
    writeAnswers(out, columns.answers(), columns.rows());
  }

  private static void writeAnswers(DataOutputStream out, Answers answers, int rows)
      throws IOException {
    out.writeInt(answers.count());
    writeInts(out, answers.end(), rows);
    writeInts(out, answers.resolver(), answers.count());
    writeInts(out, answers.elapsedMicros(), answers.count());
    writeInts(out, answers.rttMicros(), answers.count());
    out.write(answers.notes(), 0, answers.count());
  }

  private static Answers readAnswers(DataInputStream in, int rows) throws IOException {
    int count = HourCodec.count(in);
    return new Answers(
        readInts(in, rows),
        readInts(in, count),
        readInts(in, count),
        readInts(in, count),
        bytes(in, count).array());
  }

  private static void writeInts(DataOutputStream out, int[] values, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Integer.BYTES);
    bytes.asIntBuffer().put(values, 0, count);
    out.write(bytes.array());
  }

  private static int[] readInts(DataInputStream in, int count) throws IOException {
    ByteBuffer bytes = bytes(in, count * Integer.BYTES);
    int[] values = new int[count];
    bytes.asIntBuffer().get(values);
    return values;
  }

  static Columns read(DataInputStream in, int rows) throws IOException {
    int[][] whole = new int[Whole.COUNT][];
    for (int column = 0; column < whole.length; column++) {
      whole[column] = readInts(in, rows);
    }
    double[][] real = new double[Real.COUNT][];
    for (int column = 0; column < real.length; column++) {
      ByteBuffer bytes = bytes(in, rows * Double.BYTES);
      real[column] = new double[rows];
      bytes.asDoubleBuffer().get(real[column]);
    }
    return new Columns(rows, whole, real, bytes(in, rows).array(), readAnswers(in, rows));
  }

  static ByteBuffer bytes(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("a block of the index is cut short");
    }
    return ByteBuffer.wrap(bytes);
  }
}
