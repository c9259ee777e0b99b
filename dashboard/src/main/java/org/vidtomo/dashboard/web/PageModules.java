package org.vidtomo.dashboard.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JavaScript modules that the page consists of: its own and, from their jars, those of the
 * libraries that it names. Found by following imports from the first one, so that what is served is
 * what is used, and a missing file shows when the dashboard starts.
 *
 * @param files their content by path, own ones as {@code views/agents.js}, others under {@code lib}
 * @param imports the path for each name of a library's module, for the import map
 * @param needed by each file before it runs; what it asks for later is not among them
 */
record PageModules(
    Map<String, byte[]> files, Map<String, String> imports, Map<String, Set<String>> needed) {
  private static final Pattern IMPORT =
      Pattern.compile("\\b(?:from|import)\\s*(\\(?)\\s*[\"']([^\"'\\s]+)[\"']");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?://|\\*|/\\*).*$");

  /** Whole in one file; its text would only look like imports. */
  private static final String BUNDLED = ".min.js";

  /** Where each package's files are in its jar; the version is the jar's own. */
  private static final Map<String, Library> LIBRARIES =
      Map.of(
          "lit", new Library("org.mvnpm", "lit", "index.js"),
          "lit-html", new Library("org.mvnpm", "lit-html", "lit-html.js"),
          "lit-element", new Library("org.mvnpm", "lit-element", "index.js"),
          "@lit/reactive-element",
              new Library("org.mvnpm.at.lit", "reactive-element", "reactive-element.js"),
          "echarts", new Library("org.mvnpm", "echarts", "dist/echarts.esm.min.js"));

  private record Library(String group, String name, String main) {
    String folder() {
      String about = "META-INF/maven/" + group + "/" + name + "/pom.properties";
      Properties properties = new Properties();
      try (InputStream in = open("/" + about)) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException("reading " + about, e);
      }
      return "/META-INF/resources/_static/" + name + "/" + properties.getProperty("version") + "/";
    }
  }

  PageModules {
    files = Map.copyOf(files);
    imports = Map.copyOf(imports);
    needed = Map.copyOf(needed);
  }

  /** What is reached from a module of the page's own. */
  static PageModules from(String first) {
    Search search = new Search();
    search.open.add(first);
    while (!search.open.isEmpty()) {
      search.look(search.open.remove());
    }
    return new PageModules(search.files, search.imports, search.needed);
  }

  /** These files and all that they need before they run, in an order that stays the same. */
  SortedSet<String> closure(String... first) {
    SortedSet<String> found = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(first));
    while (!open.isEmpty()) {
      String path = open.remove();
      if (found.add(path)) {
        open.addAll(needed.getOrDefault(path, Set.of()));
      }
    }
    return found;
  }

  private static final class Search {
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, String> imports = new TreeMap<>();
    private final Map<String, Set<String>> needed = new TreeMap<>();
    private final Deque<String> open = new ArrayDeque<>();

    void look(String path) {
      if (files.containsKey(path)) {
        return;
      }
      byte[] body = read(path);
      files.put(path, body);
      needed.put(path, new TreeSet<>());
      if (!path.endsWith(BUNDLED)) {
        follow(path, new String(body, StandardCharsets.UTF_8));
      }
    }

    private void follow(String path, String text) {
      Matcher matcher = IMPORT.matcher(COMMENT.matcher(text).replaceAll(""));
      while (matcher.find()) {
        String name = matcher.group(2);
        String target =
            name.startsWith(".")
                ? URI.create(path).resolve(name).toString()
                : imports.computeIfAbsent(name, PageModules::ofLibrary);
        open.add(target);
        if (matcher.group(1).isEmpty()) {
          needed.get(path).add(target);
        }
      }
    }
  }

  private static String ofLibrary(String name) {
    Map.Entry<String, Library> found =
        LIBRARIES.entrySet().stream()
            .filter(each -> name.equals(each.getKey()) || name.startsWith(each.getKey() + "/"))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no library of the page is called " + name));
    String rest = name.substring(found.getKey().length());
    return "lib/%s/%s"
        .formatted(found.getKey(), rest.isEmpty() ? found.getValue().main() : rest.substring(1));
  }

  private static byte[] read(String path) {
    String resource =
        Optional.of(path)
            .filter(p -> p.startsWith("lib/"))
            .flatMap(PageModules::inJar)
            .orElse(path);
    try (InputStream in = open(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("reading the module " + path + " of the page", e);
    }
  }

  private static Optional<String> inJar(String path) {
    return LIBRARIES.entrySet().stream()
        .filter(each -> path.startsWith("lib/" + each.getKey() + "/"))
        .map(
            each ->
                each.getValue().folder()
                    + path.substring("lib/".length() + each.getKey().length() + 1))
        .findFirst();
  }

  private static InputStream open(String resource) {
    InputStream in = PageModules.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("the file " + resource + " of the page is not in the build");
    }
    return in;
  }
}
