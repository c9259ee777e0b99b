package org.vidtomo.launcher.doctor;

import java.io.IOException;
import java.util.Optional;
import org.vidtomo.runtime.http.JsonHttp;

/** Calls the coordinator that this machine belongs to. */
@FunctionalInterface
interface CoordinatorCall {
  /**
   * A client; empty if none is named.
   *
   * @throws IOException when certificates cannot be read
   */
  Optional<JsonHttp> http() throws IOException;
}
