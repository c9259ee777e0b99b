package org.vidtomo.core.task;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import org.vidtomo.core.wire.WireName;

/** Which HTTP a measurement may use. */
public enum HttpProtocol implements WireName {
  @JsonEnumDefaultValue
  AUTO("auto"),
  HTTP_1_1("1.1"),
  HTTP_2("2"),
  HTTP_3("3");

  private final String wireName;

  HttpProtocol(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
