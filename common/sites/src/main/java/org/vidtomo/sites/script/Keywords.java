package org.vidtomo.sites.script;

import java.util.Set;

/** The words of ECMAScript that matter for where a statement or an expression begins. */
final class Keywords {
  private static final Set<String> DECLARING = Set.of("var", "let", "const");

  private static final Set<String> BEGINNING =
      Set.of(
          "var",
          "let",
          "const",
          "return",
          "if",
          "else",
          "for",
          "while",
          "do",
          "switch",
          "case",
          "default",
          "throw",
          "try",
          "catch",
          "finally",
          "function",
          "class",
          "import",
          "export",
          "break",
          "continue");

  private static final Set<String> BEFORE_VALUE =
      Set.of(
          "new", "typeof", "void", "delete", "in", "of", "instanceof", "await", "yield", "async");

  private Keywords() {}

  /** A value or a name may follow this word directly. */
  static boolean leads(String word) {
    return BEGINNING.contains(word) || BEFORE_VALUE.contains(word);
  }

  /** A statement begins with it. */
  static boolean begins(String word) {
    return BEGINNING.contains(word);
  }

  static boolean declares(String word) {
    return DECLARING.contains(word);
  }
}
