package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.List;

/**
 * An index as it was at a moment; never changes.
 *
 * @param version rises with each change
 * @param segments by hour
 * @param complete from here on everything is in it; before, there may be more than it has room for
 * @param rows of all segments
 */
record Snapshot(long version, List<Segment> segments, Names names, Instant complete, long rows) {}
