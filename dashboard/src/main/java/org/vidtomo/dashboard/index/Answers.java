package org.vidtomo.dashboard.index;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntUnaryOperator;
import org.vidtomo.core.report.FailureKind;
import org.vidtomo.storage.ResolverAnswer;

/**
 * What resolvers answered, in columns: the answers of a row are those from {@code end[row - 1]} on,
 * before {@code end[row]}. What is absent is −1.
 *
 * @param resolver a number of what a table names
 * @param notes a sum of the constants
 */
record Answers(int[] end, int[] resolver, int[] elapsedMicros, int[] rttMicros, byte[] notes) {
  /** It gave no address, which may be the network's doing. */
  static final int FAILED = 1;

  /** It gave no address for another reason. */
  static final int FAILED_ELSEWHERE = 2;

  /** The system's resolver gave an address too. */
  static final int BESIDE_SYSTEM = 4;

  /** The same address as the system's resolver. */
  static final int SAME_ADDRESS = 8;

  /** The networks of both addresses are known. */
  static final int NETWORKS_KNOWN = 16;

  /** An address in the same network as that of the system's resolver. */
  static final int SAME_NETWORK = 32;

  /** Bytes that an answer takes. */
  static final int ANSWER_BYTES = 3 * Integer.BYTES + 1;

  private static final String SYSTEM = "system";

  static Answers empty(int rows) {
    return new Answers(new int[rows], new int[0], new int[0], new int[0], new byte[0]);
  }

  int first(int row) {
    return row == 0 ? 0 : end[row - 1];
  }

  int count() {
    return resolver.length;
  }

  /** The same answers with other numbers for resolvers. */
  Answers renumbered(IntUnaryOperator numbers) {
    return new Answers(
        end, Arrays.stream(resolver).map(numbers).toArray(), elapsedMicros, rttMicros, notes);
  }

  /** The answers of the same rows in another order. */
  Answers ordered(int[] order) {
    int[] newEnd = new int[order.length];
    int[] from = new int[Arrays.stream(order).map(row -> end[row] - first(row)).sum()];
    int next = 0;
    for (int i = 0; i < order.length; i++) {
      for (int answer = first(order[i]); answer < end[order[i]]; answer++) {
        from[next++] = answer;
      }
      newEnd[i] = next;
    }
    byte[] newNotes = new byte[from.length];
    for (int i = 0; i < from.length; i++) {
      newNotes[i] = notes[from[i]];
    }
    return new Answers(
        newEnd,
        picked(resolver, from),
        picked(elapsedMicros, from),
        picked(rttMicros, from),
        newNotes);
  }

  private static int[] picked(int[] column, int[] from) {
    return Arrays.stream(from).map(answer -> column[answer]).toArray();
  }

  /** An answer's notes, beside all answers of its measurement. */
  static byte notes(ResolverAnswer answer, List<ResolverAnswer> all) {
    if (answer.failure().isPresent()) {
      boolean network = answer.failure().get().mayBeCausedBy() == FailureKind.Cause.NETWORK;
      return (byte) (network ? FAILED : FAILED_ELSEWHERE);
    }
    Optional<ResolverAnswer> system =
        all.stream()
            .filter(a -> a.resolver().equals(SYSTEM) && a.address().isPresent())
            .findFirst();
    boolean beside =
        system.isPresent() && answer.address().isPresent() && !answer.resolver().equals(SYSTEM);
    return beside ? (byte) (BESIDE_SYSTEM | beside(answer, system.get())) : 0;
  }

  private static int beside(ResolverAnswer answer, ResolverAnswer system) {
    OptionalLong one = answer.asn();
    OptionalLong other = system.asn();
    int notes = answer.address().equals(system.address()) ? SAME_ADDRESS : 0;
    if (one.isPresent() && other.isPresent()) {
      notes |= NETWORKS_KNOWN;
      notes |= one.getAsLong() == other.getAsLong() ? SAME_NETWORK : 0;
    }
    return notes;
  }
}
