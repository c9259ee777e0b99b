package org.vidtomo.launcher.print;

import java.util.List;
import org.vidtomo.launcher.doctor.Doctor;

/** What the doctor found, for a person. */
public final class FindingPrinter {
  private static final int LINE_CHARS = 600;

  private FindingPrinter() {}

  /** One check: what it saw, and below that what to do. */
  public static List<String> lines(Doctor.Result result) {
    String first =
        "%-11s  %-16s  %s"
            .formatted(
                result.status().wireName().replace('_', ' '),
                result.check(),
                Units.safe(result.saw(), LINE_CHARS));
    return result
        .toDo()
        .map(toDo -> List.of(first, " ".repeat(31) + "→ " + Units.safe(toDo, LINE_CHARS)))
        .orElseGet(() -> List.of(first));
  }

  /** The last line. */
  public static String summary(List<Doctor.Result> results) {
    return "%d checks: %d ok, %d warnings, %d failed, %d not checked"
        .formatted(
            results.size(),
            count(results, "ok"),
            count(results, "warning"),
            count(results, "failed"),
            count(results, "not_checked"));
  }

  private static long count(List<Doctor.Result> results, String status) {
    return results.stream().filter(r -> r.status().wireName().equals(status)).count();
  }
}
