package org.vidtomo.core.memory;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that forget, so that whoever makes up keys fills no memory. Not thread-safe. */
public final class BoundedMaps {
  private static final int USUAL_CAPACITY = 16;
  private static final float USUAL_LOAD = 0.75f;

  private BoundedMaps() {}

  /** One of so many entries at the most, which forgets what was not used for longest. */
  public static <K, V> Map<K, V> byUse(int most) {
    return of(most, true);
  }

  /** One of so many entries at the most, which forgets what was put in first. */
  public static <K, V> Map<K, V> byAge(int most) {
    return of(most, false);
  }

  private static <K, V> Map<K, V> of(int most, boolean byUse) {
    return new LinkedHashMap<>(USUAL_CAPACITY, USUAL_LOAD, byUse) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
