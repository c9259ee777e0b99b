package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.vidtomo.sites.page.Offer.Standing;
import org.vidtomo.sites.script.Literal;
import org.vidtomo.sites.script.ScriptReader;

/** What a page's scripts, data attributes and Flash variables say. */
final class ScriptMedia {
  private static final int MAX_SCRIPTS = 200;
  private static final int MAX_ELEMENTS = 2000;
  private static final int MAX_GROUPS = 300;
  private static final int MAX_LITERALS = 10_000;

  private final HtmlPage page;
  private final List<List<Offer>> setUps = new ArrayList<>();
  private final List<List<Offer>> mentions = new ArrayList<>();
  private final Set<URI> leads = new LinkedHashSet<>();
  private final List<Literal> literals = new ArrayList<>();
  private final JsonMedia.Effort effort = new JsonMedia.Effort();

  private ScriptMedia(HtmlPage page) {
    this.page = page;
  }

  static ScriptMedia read(HtmlPage page) {
    ScriptMedia media = new ScriptMedia(page);
    page.html().select("script").stream().limit(MAX_SCRIPTS).forEach(media::script);
    page.html().select("param[name~=(?i)^flashvars$]").stream()
        .limit(MAX_SCRIPTS)
        .forEach(p -> media.flash(p.attr("value")));
    page.html().select("embed[flashvars]").stream()
        .limit(MAX_SCRIPTS)
        .forEach(e -> media.flash(e.attr("flashvars")));
    media.attributes();
    media.readLiterals();
    return media;
  }

  /** What players are set up with, one group for each. */
  List<List<Offer>> setUps() {
    return setUps;
  }

  /** Whatever else names media, in one group. */
  List<Offer> mentions() {
    return mentions.stream().flatMap(List::stream).toList();
  }

  /** Documents that may name media. */
  List<URI> leads() {
    return List.copyOf(leads);
  }

  private void script(Element script) {
    String type = script.attr("type").toLowerCase(Locale.ROOT);
    if (type.contains("ld+json") || type.contains("template") || type.contains("html")) {
      return;
    }
    if (type.contains("json")) {
      String name = script.id() + " " + script.className() + " json";
      literals.add(new Literal(name, ScriptReader.value(script.data()), true));
      return;
    }
    ScriptReader.read(script.data()).stream()
        .limit(Math.max(0, MAX_LITERALS - literals.size()))
        .forEach(literals::add);
  }

  /** The setting-up itself says more than the many objects that a page's scripts hold. */
  private void readLiterals() {
    literals.stream()
        .sorted(Comparator.comparing(literal -> !Words.player(literal.name())))
        .forEach(this::read);
  }

  private void flash(String variables) {
    if (!variables.isBlank()) {
      literals.add(new Literal("flashvars", QueryText.fields(variables), true));
    }
  }

  /** {@code data-config='{"sources": …}'}, {@code data-hls="…"} and their like. */
  private void attributes() {
    int looked = 0;
    for (Element element : page.html().getAllElements()) {
      ObjectNode told = JsonNodeFactory.instance.objectNode();
      for (Attribute attribute : element.attributes()) {
        if (attribute.getKey().startsWith("data-") && telling(attribute.getValue())) {
          told.put(attribute.getKey().substring("data-".length()), attribute.getValue());
        }
      }
      if (!told.isEmpty() && ++looked < MAX_ELEMENTS && !page.beside(element)) {
        attributes(element, told);
      }
    }
  }

  private static boolean telling(String value) {
    return value.length() > 3
        && (value.indexOf('/') >= 0 || value.indexOf('{') >= 0 || FileNames.media(value));
  }

  private void attributes(Element element, ObjectNode told) {
    boolean player = Words.player(element.className() + " " + element.id());
    literals.add(new Literal(player ? "player data" : "data", told, true));
    if (player && !element.normalName().matches("img|source|video|script")) {
      Stream.of("src", "url", "config")
          .map(name -> told.path(name).asText(""))
          .flatMap(link -> page.link(link).stream())
          .filter(url -> !FileNames.other(url) || FileNames.document(url))
          .forEach(leads::add);
    }
  }

  private void read(Literal literal) {
    if (setUps.size() + mentions.size() >= MAX_GROUPS) {
      return;
    }
    boolean setUp = literal.value().isContainerNode() || literal.given();
    Standing standing =
        setUp && Words.player(literal.name()) || literal.value().isContainerNode()
            ? Standing.VIDEO
            : Standing.MENTIONED;
    JsonMedia media =
        JsonMedia.read(literal.value(), literal.name(), page.base(), standing, effort);
    leads.addAll(media.leads());
    if (media.offers().isEmpty()) {
      return;
    }
    if (standing == Standing.VIDEO) {
      setUps.add(media.offers());
    } else {
      mentions.add(media.offers());
    }
  }
}
