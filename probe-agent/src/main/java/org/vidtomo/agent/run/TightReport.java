package org.vidtomo.agent.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.vidtomo.core.report.Report;
import org.vidtomo.core.wire.Wire;

/**
 * A report of servers that say more than a report holds: what they say is cut, the longest texts
 * and lists first, so that what was measured of them is not lost.
 */
final class TightReport {
  private static final String CUT = "…";

  /** What servers fill. Identity, outcome, media and playback are ours. */
  private static final List<String> PARTS = List.of("lookup", "hops", "dns", "caches", "download");

  /** Measured, and of no use in part. */
  private static final Set<String> WHOLE = Set.of("arrivals", "segments");

  /** No text is longer, no list has more entries. */
  private record Size(int chars, int entries) {}

  private static final List<Size> SIZES =
      List.of(new Size(500, 64), new Size(120, 32), new Size(40, 10));

  private TightReport() {}

  /** The first that fits; the smallest where none does. */
  static Report of(Report report, Predicate<Report> fits) {
    ObjectNode tree = Wire.mapper().valueToTree(report);
    tree.remove("related");
    Report cut = read(tree);
    for (Size size : SIZES) {
      if (fits.test(cut)) {
        return cut;
      }
      PARTS.forEach(part -> cutField(tree, part, size));
      cut = read(tree);
    }
    if (!fits.test(cut) && tree.path("download") instanceof ObjectNode download) {
      download.remove("segments");
      cut = read(tree);
    }
    return cut;
  }

  private static void cutField(ObjectNode object, String name, Size size) {
    JsonNode value = object.path(name);
    if (value.isTextual()) {
      object.put(name, shortened(value.textValue(), size));
    } else if (value instanceof ArrayNode list) {
      if (!WHOLE.contains(name)) {
        shorten(list, size);
      }
      cutEntries(list, size);
    } else if (value instanceof ObjectNode inside) {
      cutFields(inside, size);
    }
  }

  private static void cutFields(ObjectNode object, Size size) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    names.forEach(name -> cutField(object, name, size));
  }

  private static void cutEntries(ArrayNode list, Size size) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isTextual()) {
        list.set(i, shortened(list.get(i).textValue(), size));
      } else if (list.get(i) instanceof ObjectNode inside) {
        cutFields(inside, size);
      }
    }
  }

  /** Of a chain its end tells most. */
  private static void shorten(ArrayNode list, Size size) {
    while (list.size() > size.entries()) {
      list.remove(0);
    }
  }

  private static String shortened(String text, Size size) {
    return text.length() <= size.chars()
        ? text
        : text.substring(0, size.chars() - CUT.length()) + CUT;
  }

  private static Report read(ObjectNode tree) {
    try {
      return Wire.mapper().treeToValue(tree, Report.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report that was cut cannot be read", e);
    }
  }
}
