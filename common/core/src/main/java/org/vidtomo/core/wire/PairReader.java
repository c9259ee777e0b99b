package org.vidtomo.core.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/**
 * Reads a pair of whole numbers, as the mapper would by itself, but with nothing in between: a
 * report has thousands of them. Further entries are passed over, missing ones are 0.
 *
 * @param <T> the pair
 */
public abstract class PairReader<T> extends StdDeserializer<T> {
  private static final long serialVersionUID = 1L;

  protected PairReader(Class<T> type) {
    super(type);
  }

  /** Makes the pair; may throw {@link IllegalArgumentException}. */
  protected abstract T of(long first, long second);

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (!parser.isExpectedStartArrayToken()) {
      return context.reportInputMismatch(this, "a pair is an array of two numbers");
    }
    long first = 0;
    long second = 0;
    JsonToken token = parser.nextToken();
    if (token != JsonToken.END_ARRAY) {
      first = number(parser, token, context);
      token = parser.nextToken();
    }
    if (token != JsonToken.END_ARRAY) {
      second = number(parser, token, context);
      token = parser.nextToken();
    }
    while (token != JsonToken.END_ARRAY) {
      parser.skipChildren();
      token = parser.nextToken();
    }
    try {
      return of(first, second);
    } catch (IllegalArgumentException e) {
      return context.reportInputMismatch(this, "%s", e.getMessage());
    }
  }

  private long number(JsonParser parser, JsonToken token, DeserializationContext context)
      throws IOException {
    if (token == null || !token.isNumeric()) {
      return context.<Long>reportInputMismatch(this, "a pair has numbers, not %s", token);
    }
    return parser.getLongValue();
  }
}
