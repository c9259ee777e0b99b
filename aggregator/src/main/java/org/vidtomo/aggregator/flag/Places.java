package org.vidtomo.aggregator.flag;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Where countries and the airports are that caches are named after. Immutable. */
final class Places {
  private static final double EARTH_KM = 6_371;

  /** A cache named after an airport stands in its city, or in the next. */
  private static final double AROUND_AIRPORT_KM = 300;

  private final Map<String, Place> countries;
  private final Map<String, Place> airports;

  /** A point and how far around it what it stands for may be. */
  private record Place(double latitude, double longitude, double aroundKm) {}

  private Places(Map<String, Place> countries, Map<String, Place> airports) {
    this.countries = Map.copyOf(countries);
    this.airports = Map.copyOf(airports);
  }

  /** Those that come with this version. */
  static Places known() {
    return new Places(read("countries.csv"), read("airports.csv"));
  }

  private static Map<String, Place> read(String name) {
    Map<String, Place> places = new HashMap<>();
    try (InputStream in = Places.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split(",");
          places.put(
              cells[0],
              new Place(
                  Double.parseDouble(cells[1]),
                  Double.parseDouble(cells[2]),
                  cells.length > 3 ? Double.parseDouble(cells[3]) : AROUND_AIRPORT_KM));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + name, e);
    }
    return places;
  }

  /**
   * How far it is at least from anywhere in a country to a cache; 0 where either is not known.
   *
   * @param country ISO 3166-1, two letters
   * @param site IATA code, with whatever follows it, as in {@code par10s47}
   */
  double leastKm(String country, String site) {
    Place from = countries.get(country.toUpperCase(Locale.ROOT));
    Place to =
        site.length() < 3 ? null : airports.get(site.substring(0, 3).toLowerCase(Locale.ROOT));
    if (from == null || to == null) {
      return 0;
    }
    return Math.max(0, km(from, to) - from.aroundKm() - to.aroundKm());
  }

  /** On a sphere, by the haversine formula. */
  private static double km(Place a, Place b) {
    double latitudes = Math.toRadians(b.latitude() - a.latitude());
    double longitudes = Math.toRadians(b.longitude() - a.longitude());
    double h =
        Math.pow(Math.sin(latitudes / 2), 2)
            + Math.cos(Math.toRadians(a.latitude()))
                * Math.cos(Math.toRadians(b.latitude()))
                * Math.pow(Math.sin(longitudes / 2), 2);
    return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
  }
}
