package org.vidtomo.agent.container;

import java.util.Arrays;

/** A rising step function from bytes to media time, bounded in size. */
final class StepList {
  private static final int MAX_STEPS = 1 << 18;

  private long[] bytes = new long[256];
  private long[] micros = new long[256];
  private int size;
  private boolean full;

  /**
   * From so many bytes on, so much media. Bytes that fall back count as those before: a sample is
   * of use only once all before it are there.
   *
   * @return false when no more steps are taken
   */
  boolean add(long atBytes, long mediaMicros) {
    long rising = size == 0 ? atBytes : Math.max(atBytes, bytes[size - 1]);
    if (size > 0 && rising == bytes[size - 1]) {
      micros[size - 1] = Math.max(micros[size - 1], mediaMicros);
      return true;
    }
    if (size == MAX_STEPS) {
      full = true;
      return false;
    }
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
      micros = Arrays.copyOf(micros, 2 * size);
    }
    bytes[size] = rising;
    micros[size] = size == 0 ? mediaMicros : Math.max(mediaMicros, micros[size - 1]);
    size++;
    return true;
  }

  int size() {
    return size;
  }

  boolean full() {
    return full;
  }

  long bytes(int i) {
    return bytes[i];
  }

  long micros(int i) {
    return micros[i];
  }

  long lastMicros() {
    return size == 0 ? 0 : micros[size - 1];
  }
}
