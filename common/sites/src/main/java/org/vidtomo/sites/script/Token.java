package org.vidtomo.sites.script;

import static java.util.Objects.requireNonNull;

/**
 * A piece of a script.
 *
 * @param text of strings what they stand for, else as written
 */
record Token(Kind kind, String text) {

  enum Kind {
    NAME,
    STRING,
    NUMBER,
    /** A template with something inserted, or a regular expression: a value that is not known. */
    UNKNOWN,
    SIGN
  }

  Token {
    requireNonNull(kind, "kind");
    requireNonNull(text, "text");
  }

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean named(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** It stands for a value, so that another beside it begins a new statement. */
  boolean operand() {
    return kind != Kind.SIGN && !(kind == Kind.NAME && Keywords.leads(text));
  }
}
