package org.vidtomo.agent.manifest.dash;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An element, by its local name, with the attributes that have no prefix. */
record XmlNode(String name, Map<String, String> attributes, List<XmlNode> children, String text) {
  Optional<String> attribute(String attribute) {
    return Optional.ofNullable(attributes.get(attribute));
  }

  Stream<XmlNode> children(String childName) {
    return children.stream().filter(child -> child.name().equals(childName));
  }

  Optional<XmlNode> child(String childName) {
    return children(childName).findFirst();
  }

  /** The same with the first child of each of these names only: what many levels below look at. */
  XmlNode withFirst(List<String> names) {
    return new XmlNode(
        name, attributes, names.stream().flatMap(n -> child(n).stream()).toList(), text);
  }

  /** A whole number of at most 18 digits. Some packagers write {@code 2000000.0}. */
  OptionalLong number(String attribute) {
    return attribute(attribute)
        .map(String::strip)
        .filter(text -> text.matches("-?[0-9]{1,18}(\\.0*)?"))
        .map(text -> OptionalLong.of(Long.parseLong(text.replaceFirst("\\..*", ""))))
        .orElse(OptionalLong.empty());
  }
}
