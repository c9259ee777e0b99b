package org.vidtomo.core.report;

/**
 * The picture stood still.
 *
 * @param mediaTimeMicros where in the media
 * @param durationMicros for how long
 */
public record Stall(long mediaTimeMicros, long durationMicros) {}
