package org.vidtomo.dashboard.index;

import java.time.Instant;

/**
 * A video, and how much was measured of it.
 *
 * @param video canonical, {@code service:id}
 * @param agents that measured it
 * @param providers ISPs that it was measured through
 * @param lastMeasuredAt the latest slot
 */
public record VideoUse(
    String video, int measurements, int agents, int providers, Instant lastMeasuredAt) {}
