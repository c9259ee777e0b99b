package org.vidtomo.core.report;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** What ended a download. */
public enum DownloadEnd implements WireName {
  END_OF_BODY,
  TIME_LIMIT,
  BYTE_LIMIT,
  @JsonEnumDefaultValue
  FAILED
}
