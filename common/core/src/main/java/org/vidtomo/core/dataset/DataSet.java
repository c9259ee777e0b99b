package org.vidtomo.core.dataset;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The first line of a data set, as the member {@code dataset}: what it takes to read the reports
 * after it in ten years.
 *
 * @param format {@value #FORMAT}
 * @param schemaVersion of the reports
 * @param id of this export
 * @param software that exported it
 * @param filter what was asked for, by parameter
 * @param comparison how groups are compared: its version, a colon and what is done, in words
 * @param methods what each metric is, by name
 */
public record DataSet(
    String format,
    int schemaVersion,
    UUID id,
    String software,
    Instant exportedAt,
    Map<String, String> filter,
    String comparison,
    Map<String, DataSetMethod> methods,
    List<DataSetCampaign> campaigns) {
  public static final String FORMAT = "vidtomo-dataset";

  /** The member of the first line. */
  public static final String MEMBER = "dataset";

  public DataSet {
    requireNonNull(id, "id");
    requireNonNull(exportedAt, "exportedAt");
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException("format must be " + FORMAT + ", is " + format);
    }
    filter = filter == null ? Map.of() : new TreeMap<>(filter);
    methods = methods == null ? Map.of() : new TreeMap<>(methods);
    campaigns = campaigns == null ? List.of() : List.copyOf(campaigns);
  }
}
