package org.vidtomo.coordinator.campaign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.vidtomo.core.trust.Sha256;

/**
 * Which videos of a list were met before: 8 to 16 bytes a video, so that a million are no burden.
 * It keeps 64 bits of a SHA-256; among a million videos the chance of taking two for one is below 1
 * : 30,000,000. Not thread-safe.
 */
public final class SeenVideos {
  private static final int SMALLEST = 1024;

  private final MessageDigest sha256 = Sha256.start();
  private long[] table = new long[SMALLEST];
  private int size;

  /**
   * Notes a video.
   *
   * @return whether it is new
   */
  public boolean add(String videoId) {
    byte[] hash = sha256.digest(videoId.getBytes(StandardCharsets.UTF_8));
    long key = ByteBuffer.wrap(hash).getLong();
    // 0 marks an empty place.
    boolean isNew = put(table, key == 0 ? 1 : key);
    if (isNew && ++size > table.length / 2) {
      grow();
    }
    return isNew;
  }

  /** How many different ones. */
  public int size() {
    return size;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long key : table) {
      if (key != 0) {
        put(larger, key);
      }
    }
    table = larger;
  }

  private static boolean put(long[] table, long key) {
    int place = (int) key & (table.length - 1);
    while (table[place] != 0) {
      if (table[place] == key) {
        return false;
      }
      place = (place + 1) & (table.length - 1);
    }
    table[place] = key;
    return true;
  }
}
