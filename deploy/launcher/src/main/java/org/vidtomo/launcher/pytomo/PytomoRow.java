package org.vidtomo.launcher.pytomo;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One row: what was seen of one address of a cache. What is not in it is not known. */
final class PytomoRow {
  private final Map<PytomoColumn, Object> values = new EnumMap<>(PytomoColumn.class);

  PytomoRow with(PytomoColumn column, Object value) {
    if (value != null) {
      values.put(column, value);
    }
    return this;
  }

  PytomoRow with(PytomoColumn column, Optional<?> value) {
    return with(column, (Object) value.orElse(null));
  }

  PytomoRow with(PytomoColumn column, OptionalInt value) {
    return with(column, value.isPresent() ? (Object) value.getAsInt() : null);
  }

  PytomoRow with(PytomoColumn column, OptionalLong value) {
    return with(column, value.isPresent() ? (Object) value.getAsLong() : null);
  }

  /** A number in other units. */
  PytomoRow with(PytomoColumn column, OptionalLong value, double unit) {
    return with(column, value.isPresent() ? (Object) (value.getAsLong() / unit) : null);
  }

  Optional<Object> value(PytomoColumn column) {
    return Optional.ofNullable(values.get(column));
  }

  Optional<String> text(PytomoColumn column) {
    return value(column).map(Object::toString).filter(text -> !text.isEmpty());
  }

  /** Finite; anything else is not known. */
  OptionalDouble number(PytomoColumn column) {
    return value(column)
        .filter(Number.class::isInstance)
        .map(v -> ((Number) v).doubleValue())
        .filter(Double::isFinite)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  /** A number of 0 or more in whole small units. */
  OptionalLong scaled(PytomoColumn column, double unit) {
    OptionalDouble number = number(column);
    return number.isPresent() && number.getAsDouble() >= 0
        ? OptionalLong.of(Math.round(number.getAsDouble() * unit))
        : OptionalLong.empty();
  }
}
