package org.vidtomo.launcher.pytomo;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The columns of Pytomo's table, in its order, with its names and types. */
enum PytomoColumn {
  ID("ID", "TIMESTAMP"),
  SERVICE("Service", "text"),
  URL("Url", "text"),
  CACHE_URL("CacheUrl", "text"),
  /** Seconds from the page to the cache's URL. */
  CACHE_SERVER_DELAY("CacheServerDelay", "real"),
  IP("IP", "text"),
  RESOLVER("Resolver", "text"),
  /** Seconds. */
  RESOLVE_TIME("ResolveTime", "real"),
  AS_NUMBER("ASNumber", "int"),
  /** Milliseconds, as the two after it. */
  PING_MIN("PingMin", "real"),
  PING_AVG("PingAvg", "real"),
  PING_MAX("PingMax", "real"),
  /** Seconds. */
  DOWNLOAD_TIME("DownloadTime", "real"),
  VIDEO_TYPE("VideoType", "text"),
  /** Seconds. */
  VIDEO_DURATION("VideoDuration", "real"),
  /** Bytes. */
  VIDEO_LENGTH("VideoLength", "real"),
  /** Kilobits a second: length · 8 ÷ duration ÷ 1000. */
  ENCODING_RATE("EncodingRate", "real"),
  DOWNLOAD_BYTES("DownloadBytes", "int"),
  DOWNLOAD_INTERRUPTIONS("DownloadInterruptions", "int"),
  /** Bytes that had come when playing began. */
  INITIAL_DATA("InitialData", "real"),
  /** Kilobits a second until then. */
  INITIAL_RATE("InitialRate", "real"),
  /** Pytomo 3 leaves it empty. */
  INITIAL_PLAYBACK_BUFFER("InitialPlaybackBuffer", "real"),
  /** Seconds that the picture stood. */
  BUFFERING_DURATION("BufferingDuration", "real"),
  /** Seconds. */
  PLAYBACK_DURATION("PlaybackDuration", "real"),
  /** Seconds. */
  BUFFER_DURATION_AT_END("BufferDurationAtEnd", "real"),
  /** Seconds. */
  TIME_TO_GET_FIRST_BYTE("TimeTogetFirstByte", "real"),
  /** Kilobits a second. */
  MAX_INSTANT_THP("MaxInstantThp", "real"),
  REDIRECT_URL("RedirectUrl", "text"),
  STATUS_CODE("StatusCode", "int");

  private final String column;
  private final String type;

  PytomoColumn(String column, String type) {
    this.column = column;
    this.type = type;
  }

  String column() {
    return column;
  }

  static String createTable(String table) {
    return Arrays.stream(values())
        .map(c -> c.column + " " + c.type)
        .collect(Collectors.joining(", ", "CREATE TABLE " + table + " (", ")"));
  }

  static String insert(String table) {
    return Arrays.stream(values())
        .map(c -> "?")
        .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES (", ")"));
  }
}
