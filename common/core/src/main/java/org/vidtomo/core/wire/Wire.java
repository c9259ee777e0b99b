package org.vidtomo.core.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * JSON to records and back. Reading is lenient towards newer writers (unknown fields are passed
 * over, unknown enum values become the enum's default), and bounded; writing leaves out what is
 * absent and never writes null.
 */
public final class Wire {
  /** No message or stored document of Vidtomo is larger, uncompressed. */
  public static final int MAX_BYTES = 4 << 20;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(64)
                          .maxStringLength(1 << 20)
                          .maxNumberLength(64)
                          .build())
                  .build())
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .addHandler(new UnknownNumberWords())
          .build();

  private Wire() {}

  /** The one JSON mapper of the project; shared, never reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The value as UTF-8 JSON. */
  public static byte[] toBytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot write " + value.getClass() + " as JSON", e);
    }
  }

  /** The value as one line of JSON. */
  public static String toJson(Object value) {
    return new String(toBytes(value), StandardCharsets.UTF_8);
  }

  /**
   * Reads a record.
   *
   * @throws WireException when the bytes are too many, not JSON, or break a rule of the record
   */
  public static <T> T read(byte[] json, Class<T> type) throws WireException {
    if (json.length > MAX_BYTES) {
      throw new WireException(
          type.getSimpleName() + " of " + json.length + " bytes is over " + MAX_BYTES);
    }
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new WireException(type.getSimpleName() + " is null");
      }
      return value;
    } catch (JsonProcessingException e) {
      throwMissingMemory(e);
      throw new WireException(
          "not a valid " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new WireException("not a readable " + type.getSimpleName(), e);
    }
  }

  /** Jackson takes whatever making a record throws for the JSON's fault. */
  private static void throwMissingMemory(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof OutOfMemoryError missing) {
        throw missing;
      }
    }
  }

  /** {@link #read(byte[], Class)} of a string. */
  public static <T> T read(String json, Class<T> type) throws WireException {
    return read(json.getBytes(StandardCharsets.UTF_8), type);
  }
}
