package org.vidtomo.core.wire;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An unknown word that looks like a number, such as the HTTP version {@code "4"}, is the enum's
 * default too. Jackson takes it for an index and refuses it, before it looks for a default.
 */
final class UnknownNumberWords extends DeserializationProblemHandler {
  @Override
  public Object handleWeirdStringValue(
      DeserializationContext context, Class<?> type, String word, String problem)
      throws IOException {
    boolean lenient =
        context.isEnabled(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);
    Optional<Object> known = lenient ? defaultOf(type) : Optional.empty();
    return known.orElse(NOT_HANDLED);
  }

  private static Optional<Object> defaultOf(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(field -> field.isEnumConstant())
        .filter(field -> field.isAnnotationPresent(JsonEnumDefaultValue.class))
        .findFirst()
        .map(field -> constant(type, field.getName()));
  }

  private static Object constant(Class<?> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
