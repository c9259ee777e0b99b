package org.vidtomo.agent.manifest.dash;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.vidtomo.agent.manifest.ManifestException;

/**
 * Reads XML within bounds, with the JDK's own parser. Document types are not read, so there are
 * neither entities to expand nor files to include. Namespaces are passed over: MPDs with undeclared
 * prefixes are played by all players.
 */
final class XmlReader {
  private static final int MAX_ELEMENTS = 100_000;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ATTRIBUTES = 100;

  /** Longer ones are passed over: no URL is as long. */
  private static final int MAX_ATTRIBUTE_CHARS = 16 << 10;

  private final Deque<Open> open = new ArrayDeque<>();
  private int elements;
  private XmlNode root;

  private XmlReader() {}

  /** An element that has not ended. */
  private record Open(
      String name, Map<String, String> attributes, List<XmlNode> children, StringBuilder text) {}

  /** The root element. */
  static XmlNode read(String xml) throws ManifestException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    try {
      String body = xml.startsWith("\uFEFF") ? xml.substring(1) : xml;
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(body.stripLeading()));
      try {
        return new XmlReader().read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      throw ManifestException.malformed("the MPD is not well-formed XML");
    }
  }

  private XmlNode read(XMLStreamReader reader) throws XMLStreamException, ManifestException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(reader);
        case XMLStreamConstants.END_ELEMENT -> end();
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!open.isEmpty() && !reader.isWhiteSpace()) {
            open.peek().text().append(reader.getText());
          }
        }
        default -> {
          // Comments, processing instructions: nothing that is measured.
        }
      }
    }
    if (root == null) {
      throw ManifestException.malformed("the MPD has no root element");
    }
    return root;
  }

  private void start(XMLStreamReader reader) throws ManifestException {
    boolean tooMany =
        ++elements > MAX_ELEMENTS
            || open.size() >= MAX_DEPTH
            || reader.getAttributeCount() > MAX_ATTRIBUTES;
    if (tooMany) {
      throw ManifestException.tooLarge("the MPD has elements too many or too deep");
    }
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String name = reader.getAttributeLocalName(i);
      String value = reader.getAttributeValue(i);
      // The plain name counts; a prefixed one of the same local name is someone else's.
      if (name.indexOf(':') < 0 && value.length() <= MAX_ATTRIBUTE_CHARS) {
        attributes.put(name, value);
      }
    }
    open.push(
        new Open(local(reader.getLocalName()), attributes, new ArrayList<>(), new StringBuilder()));
  }

  private void end() {
    Open ended = open.pop();
    XmlNode node =
        new XmlNode(
            ended.name(),
            Map.copyOf(ended.attributes()),
            List.copyOf(ended.children()),
            ended.text().toString().strip());
    if (open.isEmpty()) {
      root = node;
    } else {
      open.peek().children().add(node);
    }
  }

  private static String local(String name) {
    return name.substring(name.indexOf(':') + 1);
  }
}
