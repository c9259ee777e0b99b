package org.vidtomo.coordinator.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cuts a body that comes in pieces into lines. Not thread-safe. */
public final class LineSplitter {
  private final int maxLineBytes;
  private ByteArrayOutputStream partial = new ByteArrayOutputStream();

  public LineSplitter(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * The lines that the next piece ends.
   *
   * @throws IllegalArgumentException when a line is too long
   */
  public List<String> add(byte[] piece) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < piece.length; i++) {
      if (piece[i] == '\n') {
        append(piece, from, i);
        lines.add(partial.toString(StandardCharsets.UTF_8));
        partial = new ByteArrayOutputStream();
        from = i + 1;
      }
    }
    append(piece, from, piece.length);
    return lines;
  }

  /** The last line, if it does not end with a line feed. */
  public Optional<String> rest() {
    return partial.size() == 0
        ? Optional.empty()
        : Optional.of(partial.toString(StandardCharsets.UTF_8));
  }

  private void append(byte[] piece, int from, int to) {
    if (partial.size() + to - from > maxLineBytes) {
      throw new IllegalArgumentException("a line must be at most " + maxLineBytes + " bytes long");
    }
    partial.write(piece, from, to - from);
  }
}
