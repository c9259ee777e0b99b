package org.vidtomo.dashboard.index;

import java.time.Instant;
import java.util.UUID;

/**
 * An hour of an index.
 *
 * @param version of the block that it was made from
 * @param columns with the numbers of the index's {@link Names}
 */
record Segment(Instant hour, UUID version, Columns columns) {}
