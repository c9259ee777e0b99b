package org.vidtomo.core.dataset;

/**
 * The last line of a data set, as the member {@code end}. Without it, the data set was cut off.
 *
 * @param reports lines with a report
 * @param uncounted those among them that do not count for their task
 * @param unreadable reports that should be there and could not be read
 */
public record DataSetEnd(long reports, long uncounted, long unreadable) {
  /** The member of the last line. */
  public static final String MEMBER = "end";

  public DataSetEnd {
    if (reports < 0 || uncounted < 0 || unreadable < 0) {
      throw new IllegalArgumentException(
          "numbers must be >= 0: %d, %d, %d".formatted(reports, uncounted, unreadable));
    }
  }
}
