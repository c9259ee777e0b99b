package org.vidtomo.launcher.dataset;

import java.util.Optional;

/**
 * What became of the lines of a file.
 *
 * @param imported reports that were stored
 * @param alreadyThere reports that the store had
 * @param refused lines that could not be imported
 * @param whole whether each data set had its last line, with the right number
 * @param why it was not whole
 */
public record ImportSummary(
    long lines,
    long imported,
    long alreadyThere,
    long refused,
    boolean whole,
    Optional<String> why) {}
