package org.vidtomo.agent.container;

import java.util.Arrays;

/**
 * A rising step function from bytes to media time, bounded in size: when it is full, every second
 * step goes, and from then on every second step is taken only. A step left out makes media playable
 * later, never earlier.
 */
final class StepList {
  static final int MAX_STEPS = 1 << 16;

  private long[] bytes = new long[64];
  private long[] micros = new long[64];
  private int size;
  private long taken;
  private int stride = 1;

  /**
   * From so many bytes on, so much media. Bytes that fall back count as those before: a sample is
   * of use only once all before it are there.
   */
  void add(long atBytes, long mediaMicros) {
    long atLeastBytes = size == 0 ? atBytes : Math.max(atBytes, bytes[size - 1]);
    long atLeastMicros = size == 0 ? mediaMicros : Math.max(mediaMicros, micros[size - 1]);
    if (size > 0 && atLeastBytes == bytes[size - 1]) {
      micros[size - 1] = atLeastMicros;
      return;
    }
    if (taken++ % stride == 0) {
      room();
      size++;
    }
    bytes[size - 1] = atLeastBytes;
    micros[size - 1] = atLeastMicros;
  }

  private void room() {
    if (size < bytes.length) {
      return;
    }
    if (size < MAX_STEPS) {
      bytes = Arrays.copyOf(bytes, 2 * size);
      micros = Arrays.copyOf(micros, 2 * size);
      return;
    }
    for (int i = 0; i < size / 2; i++) {
      bytes[i] = bytes[2 * i + 1];
      micros[i] = micros[2 * i + 1];
    }
    size /= 2;
    stride *= 2;
  }

  StepList copy() {
    StepList copy = new StepList();
    copy.bytes = bytes.clone();
    copy.micros = micros.clone();
    copy.size = size;
    copy.taken = taken;
    copy.stride = stride;
    return copy;
  }

  int size() {
    return size;
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
