package org.vidtomo.dashboard.api;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** An export's text, piece by piece. Blocks. One thread at a time. */
interface ExportLines {
  /** The next piece, possibly empty; absent at the end. */
  Optional<Buffer> next();
}
