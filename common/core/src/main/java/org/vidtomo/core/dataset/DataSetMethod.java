package org.vidtomo.core.dataset;

/**
 * What a metric is.
 *
 * @param unit {@code s}, {@code bit/s}, {@code ratio}, {@code stalls} or {@code MOS}
 * @param better {@code lower} or {@code higher}
 * @param middle of a group: {@code median} or {@code mean}
 * @param definition in words, with the report's fields
 */
public record DataSetMethod(String unit, String better, String middle, String definition) {}
