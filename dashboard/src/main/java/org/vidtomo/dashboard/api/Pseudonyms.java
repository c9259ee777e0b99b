package org.vidtomo.dashboard.api;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Names in the place of names, by chance: in one data set an agent stays one agent, and no two data
 * sets tell of the same. Not thread-safe.
 */
final class Pseudonyms {
  private final Map<String, String> names = new HashMap<>();

  String of(String name) {
    return names.computeIfAbsent(name, n -> "hidden-" + UUID.randomUUID());
  }
}
