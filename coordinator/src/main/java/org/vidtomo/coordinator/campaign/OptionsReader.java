package org.vidtomo.coordinator.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vidtomo.coordinator.request.InvalidRequestException;
import org.vidtomo.coordinator.request.InvalidRequestException.Fault;
import org.vidtomo.core.task.CampaignOptions;
import org.vidtomo.core.wire.Wire;

/**
 * Reads a campaign's options strictly: what is not given has its default; a field that does not
 * exist, or whose value is not allowed, is a fault. Unlike messages between versions, a request
 * comes from a person, whose misspelling must not pass for the default.
 */
public final class OptionsReader {
  /** What only the owner of a measuring machine may set. */
  private static final Set<String> LOCAL =
      Set.of(
          "bindAddress",
          "httpProxy",
          "connectTo",
          "cacert",
          "allowPrivate",
          "anySite",
          "provider",
          "access",
          "lan",
          "planDown",
          "logLevel");

  private static final String PARAMETERS = "parameters";

  private final List<Fault> faults = new ArrayList<>();

  private OptionsReader() {}

  /**
   * The options.
   *
   * @param given an object of {@link CampaignOptions} in JSON, any of whose fields may be missing
   * @throws InvalidRequestException with every field that is wrong
   */
  public static CampaignOptions read(JsonNode given) throws InvalidRequestException {
    return new OptionsReader().readAll(given);
  }

  private CampaignOptions readAll(JsonNode given) throws InvalidRequestException {
    if (!given.isObject()) {
      throw new InvalidRequestException("options", "must be a JSON object");
    }
    ObjectNode merged = Wire.mapper().valueToTree(CampaignOptions.DEFAULTS);
    merge("options.", merged, (ObjectNode) given, Set.of("name", "everyMicros", "seed", "service"));
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    try {
      return convert(merged);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new InvalidRequestException("options", message(e));
    }
  }

  private void merge(String path, ObjectNode into, ObjectNode given, Set<String> alsoKnown) {
    for (Map.Entry<String, JsonNode> field : given.properties()) {
      String name = field.getKey();
      if (LOCAL.contains(name)) {
        fault(
            path + name, "is local to a machine: its owner sets it on the agent, no campaign can");
      } else if (!into.has(name) && !alsoKnown.contains(name)) {
        fault(path + name, "is not an option; the options are " + known(into, alsoKnown));
      } else if (name.equals(PARAMETERS) && field.getValue().isObject()) {
        merge(
            path + PARAMETERS + ".",
            (ObjectNode) into.get(PARAMETERS),
            (ObjectNode) field.getValue(),
            Set.of());
      } else {
        set(path, into, name, field.getValue());
      }
    }
  }

  private void set(String path, ObjectNode into, String name, JsonNode value) {
    JsonNode known = into.get(name);
    String word = known != null && known.isTextual() ? wrongWord(path, name, value) : "";
    if (!word.isEmpty()) {
      fault(path + name, word);
      return;
    }
    into.set(name, value);
    try {
      convertAlone(path, name, value);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      fault(path + name, message(e));
    }
  }

  /** The field with everything else at its default, so that each fault is told apart. */
  private static void convertAlone(String path, String name, JsonNode value)
      throws JsonProcessingException {
    ObjectNode tree = Wire.mapper().valueToTree(CampaignOptions.DEFAULTS);
    ObjectNode owner = path.contains(PARAMETERS) ? (ObjectNode) tree.get(PARAMETERS) : tree;
    owner.set(name, value);
    if (name.equals("minPlayoutBufferMicros") && value.isIntegralNumber()) {
      // Its rule is about two fields; the whole is checked at the end.
      owner.put("restartBufferMicros", Math.max(1_000_000, value.asLong()));
    } else if (name.equals("restartBufferMicros") && value.isIntegralNumber()) {
      owner.put("minPlayoutBufferMicros", Math.min(100_000, Math.max(0, value.asLong())));
    }
    convert(tree);
  }

  /** Reading messages is lenient towards unknown words; here they are faults. */
  private static String wrongWord(String path, String name, JsonNode value) {
    if (!value.isTextual()) {
      return "must be text";
    }
    try {
      ObjectNode tree = Wire.mapper().valueToTree(CampaignOptions.DEFAULTS);
      ObjectNode owner = path.contains(PARAMETERS) ? (ObjectNode) tree.get(PARAMETERS) : tree;
      owner.set(name, value);
      ObjectNode back = Wire.mapper().valueToTree(convert(tree));
      ObjectNode found = path.contains(PARAMETERS) ? (ObjectNode) back.get(PARAMETERS) : back;
      return found.get(name).equals(value)
          ? ""
          : "\"" + value.asText() + "\" is not one of its values";
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return message(e);
    }
  }

  private static CampaignOptions convert(ObjectNode tree) throws JsonProcessingException {
    return Wire.mapper().treeToValue(tree, CampaignOptions.class);
  }

  private void fault(String field, String detail) {
    faults.add(new Fault(field, detail));
  }

  private static String known(ObjectNode into, Set<String> also) {
    List<String> names = new ArrayList<>();
    into.fieldNames().forEachRemaining(names::add);
    also.stream().filter(name -> !into.has(name)).forEach(names::add);
    return String.join(", ", names);
  }

  private static String message(Exception e) {
    Throwable cause = e;
    while (cause instanceof JsonMappingException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(cause.getMessage());
  }
}
