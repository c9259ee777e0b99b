package org.vidtomo.core.wire;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An enum whose constants travel in lower case: {@code END_OF_BODY} is {@code end_of_body}. */
public interface WireName {
  /** The enum's own constant name. */
  String name();

  /** The name in JSON, metrics and options. */
  @JsonValue
  default String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
