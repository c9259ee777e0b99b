package org.vidtomo.runtime.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** Settings files and the environment, as maps by key. */
public final class SettingsFile {
  private SettingsFile() {}

  /**
   * The values in a file.
   *
   * @throws SettingException when it cannot be read
   */
  public static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingException("reading the settings in " + file + ": " + e, e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(k -> values.put(k, properties.getProperty(k)));
    return values;
  }

  /** The variables that begin with {@code VIDTOMO_}, by key. */
  static Map<String, String> keys(Map<String, String> environment) {
    Map<String, String> keys = new TreeMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("VIDTOMO_")) {
            String key = name.substring("VIDTOMO_".length()).toLowerCase(Locale.ROOT);
            keys.put(key.replace('_', '.'), value);
          }
        });
    return keys;
  }

  /**
   * The keys of a file that are not known, each with the known one that is nearest: most likely
   * typing errors.
   *
   * @param known not empty
   */
  public static Map<String, String> unknown(Path file, Set<String> known) {
    Map<String, String> unknown = new TreeMap<>();
    for (String key : read(file).keySet()) {
      if (!known.contains(key)) {
        known.stream()
            .min(Comparator.comparingInt(each -> distance(key, each)))
            .ifPresent(nearest -> unknown.put(key, nearest));
      }
    }
    return unknown;
  }

  /** Letters to insert, take away or replace (Levenshtein). */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
