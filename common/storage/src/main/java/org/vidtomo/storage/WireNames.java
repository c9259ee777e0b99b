package org.vidtomo.storage;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.vidtomo.core.wire.WireName;

/** The constants of an enum by the names they are stored under. */
final class WireNames<E extends Enum<E> & WireName> {
  private final String what;
  private final Map<String, E> byName;
  private final Optional<E> unknown;

  private WireNames(Class<E> type, Optional<E> unknown) {
    this.what = type.getSimpleName();
    this.byName =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(WireName::wireName, Function.identity()));
    this.unknown = unknown;
  }

  /** A name that this version does not know is an error: acting on it could do harm. */
  static <E extends Enum<E> & WireName> WireNames<E> strict(Class<E> type) {
    return new WireNames<>(type, Optional.empty());
  }

  /** A name that this version does not know stands for {@code unknown}. */
  static <E extends Enum<E> & WireName> WireNames<E> lenient(Class<E> type, E unknown) {
    return new WireNames<>(type, Optional.of(unknown));
  }

  /** The constant of that name. */
  E get(String name) {
    E known = byName.get(name);
    if (known != null) {
      return known;
    }
    return unknown.orElseThrow(
        () ->
            new StoreException(
                "reading %s \"%s\" failed: this version does not know it; a newer one wrote it: upgrade this process"
                    .formatted(what, name),
                new IllegalArgumentException(name)));
  }
}
