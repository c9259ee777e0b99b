package org.vidtomo.launcher.dead;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.vidtomo.messaging.DeadLetter;
import org.vidtomo.runtime.settings.SettingException;

/** Which dead letters a command is about. */
public final class Chosen implements Predicate<DeadLetter> {
  private static final String ID = "[0-9a-f]{4,12}";

  private final String reason;
  private final Map<String, Boolean> foundByBeginning = new HashMap<>();

  private Chosen(String reason, List<String> beginnings) {
    this.reason = reason;
    beginnings.forEach(each -> foundByBeginning.put(each, false));
  }

  /** Those whose reason has this in it, in whichever case; empty: all. */
  public static Chosen withReason(String part) {
    return new Chosen(part.toLowerCase(Locale.ROOT), List.of());
  }

  /**
   * Those whose ids begin so.
   *
   * @throws SettingException when that is no id's beginning
   */
  public static Chosen ofIds(List<String> beginnings) {
    List<String> lower = beginnings.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    for (String each : lower) {
      if (!each.matches(ID)) {
        throw new SettingException(
            "\"%s\" is no dead letter's id (4 to 12 hex digits): 'vidtomo dead list' shows them"
                .formatted(each));
      }
    }
    return new Chosen("", lower);
  }

  @Override
  public boolean test(DeadLetter letter) {
    if (foundByBeginning.isEmpty()) {
      return letter.reason().toLowerCase(Locale.ROOT).contains(reason);
    }
    boolean chosen = false;
    for (Map.Entry<String, Boolean> each : foundByBeginning.entrySet()) {
      if (letter.id().startsWith(each.getKey())) {
        each.setValue(true);
        chosen = true;
      }
    }
    return chosen;
  }

  /** The ids that no letter had so far. */
  public List<String> missing() {
    return foundByBeginning.entrySet().stream()
        .filter(each -> !each.getValue())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
