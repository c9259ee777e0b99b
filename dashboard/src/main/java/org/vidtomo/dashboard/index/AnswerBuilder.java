package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.vidtomo.storage.ResolverAnswer;

/** Puts resolvers' answers into columns. Not thread-safe. */
final class AnswerBuilder {
  private static final int INITIAL = 16;

  private final Interned<String> resolvers = new Interned<>();
  private int[] end = new int[INITIAL];
  private int rows;
  private int size;
  private int[] resolver = new int[INITIAL];
  private int[] elapsed = new int[INITIAL];
  private int[] rtt = new int[INITIAL];
  private byte[] notes = new byte[INITIAL];

  /** The answers of the next row. */
  void add(List<ResolverAnswer> answers) {
    for (ResolverAnswer answer : answers) {
      if (size == resolver.length) {
        resolver = Arrays.copyOf(resolver, 2 * size);
        elapsed = Arrays.copyOf(elapsed, 2 * size);
        rtt = Arrays.copyOf(rtt, 2 * size);
        notes = Arrays.copyOf(notes, 2 * size);
      }
      resolver[size] = resolvers.number(answer.resolver());
      elapsed[size] = clamped(answer.elapsedMicros());
      rtt[size] = clamped(answer.rttMicros());
      notes[size++] = Answers.notes(answer, answers);
    }
    if (rows == end.length) {
      end = Arrays.copyOf(end, 2 * rows);
    }
    end[rows++] = size;
  }

  /** As a column keeps it: a measurement takes three minutes at most; 36 are as good as more. */
  static int clamped(OptionalLong micros) {
    return micros.isPresent()
        ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, micros.getAsLong()))
        : -1;
  }

  List<String> resolvers() {
    return resolvers.all();
  }

  Answers build() {
    return new Answers(
        Arrays.copyOf(end, rows),
        Arrays.copyOf(resolver, size),
        Arrays.copyOf(elapsed, size),
        Arrays.copyOf(rtt, size),
        Arrays.copyOf(notes, size));
  }
}
