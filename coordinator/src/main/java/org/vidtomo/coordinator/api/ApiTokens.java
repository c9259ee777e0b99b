package org.vidtomo.coordinator.api;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.vidtomo.runtime.files.Tokens;

/** The bearer tokens of the API, one file (mode 0600) for each scope. */
public final class ApiTokens {
  private final Map<Scope, String> tokens;

  private ApiTokens(Map<Scope, String> tokens) {
    this.tokens = new EnumMap<>(tokens);
  }

  /**
   * The tokens in {@code read.token}, {@code submit.token} and {@code admin.token}, made if new.
   */
  public static ApiTokens loadOrCreate(Path directory) throws IOException {
    Map<Scope, String> tokens = new EnumMap<>(Scope.class);
    for (Scope scope : Scope.values()) {
      tokens.put(scope, Tokens.loadOrCreate(file(directory, scope)));
    }
    return new ApiTokens(tokens);
  }

  /** Where the token stands that allows everything. */
  public static Path adminFile(Path directory) {
    return file(directory, Scope.ADMIN);
  }

  /** Where the token stands that allows to submit campaigns. */
  public static Path submitFile(Path directory) {
    return file(directory, Scope.SUBMIT);
  }

  /** Where the token stands that allows to read. */
  public static Path readFile(Path directory) {
    return file(directory, Scope.READ);
  }

  /** What a token allows; empty when it is none of ours. */
  Optional<Scope> scope(String token) {
    // All are compared, whatever the first ones say, so that time tells nothing.
    return Arrays.stream(Scope.values())
        .map(scope -> Map.entry(scope, Tokens.same(token, tokens.get(scope))))
        .toList()
        .stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .max(Comparator.naturalOrder());
  }

  private static Path file(Path directory, Scope scope) {
    return directory.resolve(scope.name().toLowerCase(Locale.ROOT) + ".token");
  }
}
