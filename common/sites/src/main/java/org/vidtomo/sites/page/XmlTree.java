package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * An XML document in the shape of JSON, so that one reader does for both: elements and attributes
 * are fields, repeated elements arrays. Namespaces are left out. Nothing outside is loaded.
 */
final class XmlTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MAX_ELEMENTS = 50_000;
  private static final int MAX_TAGS = 2 * MAX_ELEMENTS;
  private static final int MAX_DEPTH = 60;

  private int elements;

  private XmlTree() {}

  static JsonNode read(String xml) {
    ObjectNode root = NODES.objectNode();
    XmlTree tree = new XmlTree();
    for (Element child : Jsoup.parse(beginning(xml), "", Parser.xmlParser()).children()) {
      tree.add(root, child, 0);
    }
    return root;
  }

  /** What is parsed stays in memory until it is read. */
  private static String beginning(String xml) {
    int at = -1;
    for (int tags = 0; tags <= MAX_TAGS; tags++) {
      at = xml.indexOf('<', at + 1);
      if (at < 0) {
        return xml;
      }
    }
    return xml.substring(0, at);
  }

  private void add(ObjectNode parent, Element element, int depth) {
    if (++elements > MAX_ELEMENTS || depth > MAX_DEPTH) {
      return;
    }
    String name = element.tagName().substring(element.tagName().indexOf(':') + 1);
    JsonNode value = value(element, depth);
    JsonNode before = parent.get(name);
    if (before == null) {
      parent.set(name, value);
    } else if (before instanceof ArrayNode several) {
      several.add(value);
    } else {
      parent.set(name, NODES.arrayNode().add(before).add(value));
    }
  }

  private JsonNode value(Element element, int depth) {
    String text = element.wholeOwnText().strip();
    if (element.attributesSize() == 0 && element.childrenSize() == 0) {
      return NODES.textNode(text);
    }
    ObjectNode object = NODES.objectNode();
    for (Attribute attribute : element.attributes()) {
      object.put(attribute.getKey(), attribute.getValue());
    }
    if (!text.isEmpty()) {
      object.put("content", text);
    }
    for (Element child : element.children()) {
      add(object, child, depth + 1);
    }
    return object;
  }
}
