package org.vidtomo.launcher.print;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the place can show that a command writes to.
 *
 * @param out standard output is a terminal
 * @param err standard error is one
 * @param columns characters in a line, 40 to 160; 0 when that is not known
 * @param unicode block and line characters arrive; else ASCII
 * @param colour colours are welcome
 */
public record Terminal(boolean out, boolean err, int columns, boolean unicode, boolean colour) {
  private static final int NARROWEST = 40;
  private static final int WIDEST = 160;
  private static final int OTHERWISE = 80;

  public Terminal {
    // Some terminals say 0 when they do not know.
    columns = columns <= 0 ? OTHERWISE : Math.max(NARROWEST, Math.min(WIDEST, columns));
  }

  /** As the launcher's script found it, else as Java can tell. */
  public static Terminal detect() {
    boolean out = is("vidtomo.stdout.terminal");
    return new Terminal(
        out,
        is("vidtomo.stderr.terminal"),
        Integer.getInteger("vidtomo.columns", OTHERWISE),
        encodes("\u2588\u2514"),
        out && absent("NO_COLOR") && !"dumb".equals(System.getenv("TERM")));
  }

  private static boolean is(String property) {
    String set = System.getProperty(property);
    return set == null ? System.console() != null : Boolean.parseBoolean(set);
  }

  /** See no-color.org: set to anything but nothing. */
  private static boolean absent(String variable) {
    String value = System.getenv(variable);
    return value == null || value.isEmpty();
  }

  private static boolean encodes(String characters) {
    Optional<String> name =
        Stream.of("stdout.encoding", "sun.stdout.encoding", "native.encoding")
            .map(System::getProperty)
            .filter(value -> value != null && Charset.isSupported(value))
            .findFirst();
    return name.map(Charset::forName)
        .orElse(Charset.defaultCharset())
        .newEncoder()
        .canEncode(characters);
  }

  /** One of two ways to draw the same. */
  String pick(String inUnicode, String inAscii) {
    return unicode ? inUnicode : inAscii;
  }

  String heading(String text) {
    return styled("1", text);
  }

  String faint(String text) {
    return styled("2", text);
  }

  String good(String text) {
    return styled("32", text);
  }

  String doubtful(String text) {
    return styled("33", text);
  }

  String bad(String text) {
    return styled("31", text);
  }

  private String styled(String code, String text) {
    return colour ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  /** Text of the network that fits what is left of a line beside so many characters. */
  String fit(String text, int beside) {
    String safe = Units.safe(text, Math.max(10, columns - beside));
    return unicode ? safe : safe.replace('\u2026', '~');
  }

  /** Facts one after another, on as many lines as they take. */
  List<String> wrapped(List<String> facts, int indent) {
    String dot = pick(" \u00b7 ", ", ");
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String fact : facts) {
      String fitting = fit(fact, indent);
      if (line.length() > 0 && indent + line.length() + dot.length() + fitting.length() > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? dot : "").append(fitting);
    }
    lines.add(line.toString());
    return lines;
  }
}
