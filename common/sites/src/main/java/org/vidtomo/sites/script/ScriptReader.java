package org.vidtomo.sites.script;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vidtomo.sites.script.Item.Group;
import org.vidtomo.sites.script.Item.Leaf;

/**
 * Finds the literals of a script (object and array literals, strings) and what they are for: the
 * name they are assigned to or the function they are handed to. It runs nothing, follows names that
 * were given literals before, and takes whatever it is fed: one pass over the tokens with a stack
 * of open brackets, in bounded memory.
 */
public final class ScriptReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern PAIRS = Pattern.compile("\\.(addVariable|addParam|setVariable)$");
  private static final int MAX_TOKENS = 500_000;
  private static final int MAX_DEPTH = 200;
  private static final int MAX_LITERALS = 5000;
  private static final int MAX_MADE = 4 << 20;

  private final Tokenizer tokens;
  private final Expressions expressions;
  private final Deque<Frame> open = new ArrayDeque<>();
  private final List<Literal> found = new ArrayList<>();
  private int tooDeep;

  /** What is between a bracket and its fellow, so far. */
  private static final class Frame {
    final char bracket;
    final String name;
    final List<JsonNode> values = new ArrayList<>();
    final ObjectNode members = NODES.objectNode();
    List<Item> items = new ArrayList<>();
    boolean object;
    boolean empty = true;

    Frame(char bracket, String name) {
      this.bracket = bracket;
      this.name = name;
    }
  }

  private ScriptReader(String script, Budget budget) {
    this.tokens = new Tokenizer(script);
    this.expressions = new Expressions(budget);
    open.push(new Frame(';', ""));
  }

  /** The literals of a script, in the order in which they end. */
  public static List<Literal> read(String script) {
    ScriptReader reader = new ScriptReader(script, new Budget(MAX_MADE));
    reader.readAll();
    return reader.found;
  }

  /**
   * The value of a text that is JSON, or a literal in the way of JSON.
   *
   * @return a missing node when it is none
   */
  public static JsonNode value(String text) {
    return value(text, new Budget(MAX_MADE));
  }

  static JsonNode value(String text, Budget budget) {
    if (!budget.enter()) {
      return MissingNode.getInstance();
    }
    ScriptReader reader = new ScriptReader("(" + text + ")", budget);
    reader.readAll();
    budget.leave();
    List<Item> whole = reader.open.getLast().items;
    return whole.size() == 1 && whole.get(0) instanceof Group group
        ? group.value()
        : MissingNode.getInstance();
  }

  private void readAll() {
    for (int i = 0; i < MAX_TOKENS; i++) {
      Optional<Token> token = tokens.next();
      if (token.isEmpty()) {
        break;
      }
      read(token.get());
    }
    while (open.size() > 1) {
      close();
    }
    Frame script = open.peek();
    List<Item> last = script.items;
    finish(script);
    script.items = last;
  }

  private void read(Token token) {
    String text = token.kind() == Token.Kind.SIGN ? token.text() : "";
    switch (text) {
      case "{", "[", "(" -> open(text.charAt(0));
      case "}" -> close('{');
      case "]" -> close('[');
      case ")" -> close('(');
      case ",", ";" -> finish(open.peek());
      default -> add(token);
    }
  }

  private void open(char bracket) {
    if (tooDeep > 0 || open.size() >= MAX_DEPTH) {
      tooDeep++;
      return;
    }
    String name = bracket == '(' ? Paths.ending(open.peek().items) : "";
    open.push(new Frame(bracket, name));
  }

  private void close(char bracket) {
    if (tooDeep > 0) {
      tooDeep--;
      return;
    }
    // A bracket without fellow is passed over; one whose fellow is further out closes the others.
    if (open.stream().anyMatch(frame -> frame.bracket == bracket)) {
      while (open.peek().bracket != bracket) {
        close();
      }
      close();
    }
  }

  private void close() {
    Frame frame = open.pop();
    finish(frame);
    JsonNode value =
        switch (frame.bracket) {
          case '{' -> frame.object || frame.empty ? frame.members : MissingNode.getInstance();
          case '[' -> array(frame.values);
          default -> frame.values.size() == 1 ? frame.values.get(0) : MissingNode.getInstance();
        };
    if (frame.bracket == '(' && !frame.name.isEmpty()) {
      frame.values.forEach(argument -> report(frame.name, argument, true));
      pair(frame);
    }
    open.peek().items.add(new Group(frame.bracket, List.copyOf(frame.values), value));
  }

  /** {@code addVariable(name, value)}, as players for Flash were set up. */
  private void pair(Frame frame) {
    List<JsonNode> values = frame.values;
    if (values.size() == 2 && values.get(0).isTextual() && PAIRS.matcher(frame.name).find()) {
      report("flashvars", NODES.objectNode().set(values.get(0).asText(), values.get(1)), true);
    }
  }

  private static ArrayNode array(List<JsonNode> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(value -> array.add(value.isMissingNode() ? NODES.nullNode() : value));
    return array;
  }

  /** Two values side by side belong to two statements: semicolons may be left out. */
  private void add(Token token) {
    if (tooDeep > 0) {
      return;
    }
    Frame frame = open.peek();
    Leaf leaf = new Leaf(token);
    boolean afterValue =
        !frame.items.isEmpty() && frame.items.get(frame.items.size() - 1).operand();
    boolean begins = token.kind() == Token.Kind.NAME && Keywords.begins(token.text());
    if (afterValue && (leaf.operand() || begins)) {
      finish(frame);
    }
    frame.items.add(leaf);
  }

  private void finish(Frame frame) {
    List<Item> items = frame.items;
    if (items.isEmpty()) {
      return;
    }
    frame.items = new ArrayList<>();
    frame.empty = false;
    if (frame.bracket == '{' && items.size() > 1 && items.get(1).is(":") && key(items.get(0))) {
      frame.object = true;
      JsonNode value = expressions.value(items.subList(2, items.size()));
      if (!value.isMissingNode()) {
        frame.members.set(((Leaf) items.get(0)).token().text(), value);
      }
    } else {
      statement(frame, items);
    }
  }

  private static boolean key(Item item) {
    return item instanceof Leaf leaf
        && leaf.token().kind() != Token.Kind.SIGN
        && leaf.token().kind() != Token.Kind.UNKNOWN;
  }

  private void statement(Frame frame, List<Item> items) {
    int last = items.size() - 1;
    while (last >= 0 && !items.get(last).is("=")) {
      last--;
    }
    JsonNode value = expressions.value(items.subList(last + 1, items.size()));
    if (last > 0) {
      int first = 0;
      while (!items.get(first).is("=")) {
        first++;
      }
      String name = Paths.ending(items.subList(0, first));
      if (!name.isEmpty() && !value.isMissingNode()) {
        expressions.assign(name, value);
        report(name, value, false);
      }
    }
    if (frame.bracket == '(' || frame.bracket == '[') {
      frame.values.add(value);
    }
  }

  private void report(String name, JsonNode value, boolean given) {
    if (found.size() < MAX_LITERALS && (value.isContainerNode() || value.isTextual())) {
      found.add(new Literal(name, value, given));
    }
  }
}
