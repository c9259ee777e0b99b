package org.vidtomo.sites.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.vidtomo.sites.Document;
import org.vidtomo.sites.Page;
import org.vidtomo.sites.page.Offer.Standing;
import org.vidtomo.sites.script.Literal;
import org.vidtomo.sites.script.ScriptReader;

/**
 * What one document says: HTML, JSON, XML or a script.
 *
 * @param page with the media that it names itself
 * @param leads what may say more, likely ones first
 * @param sure the page's media is no mere guess
 */
record Reading(Page page, List<URI> leads, boolean sure) {
  private static final int MAX_LEADS = 20;

  /** JSON handed to a function, whatever type the server gives it. */
  private static final Pattern CALL = Pattern.compile("[\\w.$]{1,80}\\s*\\(\\s*[\\[{]");

  Reading {
    leads = leads.stream().limit(MAX_LEADS).toList();
  }

  static Reading of(Document document) {
    String head = document.text().stripLeading();
    head = head.startsWith("\ufeff") ? head.substring(1).stripLeading() : head;
    if (head.startsWith("{") || head.startsWith("[")) {
      return ofValue(ScriptReader.value(head), document.url());
    }
    if (xml(head, document)) {
      return ofValue(XmlTree.read(head), document.url());
    }
    String type = document.contentType().orElse("").toLowerCase(Locale.ROOT);
    boolean script = type.contains("javascript") || CALL.matcher(head).lookingAt();
    return script && !head.startsWith("<")
        ? ofScript(head, document.url())
        : ofPage(HtmlPage.parse(document));
  }

  private static boolean xml(String head, Document document) {
    String start = head.substring(0, Math.min(head.length(), 1000)).toLowerCase(Locale.ROOT);
    boolean html = start.contains("<html") || start.contains("<!doctype html");
    String type = document.contentType().orElse("").toLowerCase(Locale.ROOT);
    boolean told = type.contains("xml") && !type.contains("xhtml");
    return head.startsWith("<") && !html && (told || start.startsWith("<?xml"))
        || XML_ROOTS.stream().anyMatch(start::startsWith);
  }

  private static final List<String> XML_ROOTS =
      List.of("<rss", "<feed", "<playlist", "<smil", "<videos", "<video>", "<config", "<mediaitem");

  private static Reading ofValue(JsonNode value, URI url) {
    JsonMedia media =
        JsonMedia.read(value, "player document", url, Standing.VIDEO, new JsonMedia.Effort());
    Offers offers = new Offers(url);
    offers.add(List.of(media.offers()));
    return new Reading(offers.page().withTitle(Titles.of(value)), media.leads(), offers.sure());
  }

  /** A script by itself, as those that hold a player's parameters or call back with them. */
  private static Reading ofScript(String script, URI url) {
    Offers offers = new Offers(url);
    Set<URI> leads = new LinkedHashSet<>();
    JsonMedia.Effort effort = new JsonMedia.Effort();
    for (Literal literal : ScriptReader.read(script)) {
      JsonMedia media =
          JsonMedia.read(literal.value(), literal.name() + " player", url, Standing.VIDEO, effort);
      offers.add(List.of(media.offers()));
      leads.addAll(media.leads());
    }
    return new Reading(offers.page(), List.copyOf(leads), offers.sure());
  }

  private static Reading ofPage(HtmlPage page) {
    Offers offers = new Offers(page.url());
    ElementMedia elements = new ElementMedia(page);
    SchemaOrg schema = SchemaOrg.read(page);
    HeadMedia head = new HeadMedia(page);
    ScriptMedia scripts = ScriptMedia.read(page);
    offers.add(elements.videos());
    offers.add(schema.videos());
    offers.add(List.of(head.offers()));
    offers.add(scripts.setUps());
    offers.add(List.of(scripts.mentions()));
    offers.add(List.of(elements.links()));
    Set<URI> leads = new LinkedHashSet<>(Embeds.of(page));
    leads.addAll(schema.players());
    leads.addAll(head.players());
    leads.addAll(scripts.leads());
    leads.addAll(Embeds.scripts(page));
    Page found =
        offers
            .page()
            .withTitle(title(page, schema))
            .withRelated(RelatedLinks.of(page.url(), page.base(), page.html()));
    return new Reading(found, List.copyOf(leads), offers.sure());
  }

  private static Optional<String> title(HtmlPage page, SchemaOrg schema) {
    return page.meta("og:title")
        .or(schema::name)
        .or(() -> page.meta("twitter:title"))
        .or(() -> Optional.of(page.html().title()));
  }
}
