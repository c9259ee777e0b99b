package org.vidtomo.testsite.media;

import java.time.Duration;

/** A media file of the site, or the manifest of its ladder. {@code make-media} makes them. */
public enum Clip {
  LOW("low.mp4", "video/mp4", 480, 270, 10),
  MID("mid.mp4", "video/mp4", 640, 360, 10),
  HIGH("high.mp4", "video/mp4", 1280, 720, 8),
  MOOV_LAST("moov-last.mp4", "video/mp4", 480, 270, 10),
  FRAGMENTED("fragmented.mp4", "video/mp4", 640, 360, 10),
  WEBM("clip.webm", "video/webm", 480, 270, 10),
  FLV("clip.flv", "video/x-flv", 480, 270, 10),
  TS("clip.ts", "video/mp2t", 480, 270, 10),
  HLS("master.m3u8", "application/vnd.apple.mpegurl", 1280, 720, 10),
  DASH("manifest.mpd", "application/dash+xml", 1280, 720, 10);

  private final String file;
  private final String contentType;
  private final int width;
  private final int height;
  private final int seconds;

  Clip(String file, String contentType, int width, int height, int seconds) {
    this.file = file;
    this.contentType = contentType;
    this.width = width;
    this.height = height;
    this.seconds = seconds;
  }

  public String file() {
    return file;
  }

  /** Whether it names segments that lie beside it. */
  public boolean manifest() {
    return this == HLS || this == DASH;
  }

  public String contentType() {
    return contentType;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public Duration duration() {
    return Duration.ofSeconds(seconds);
  }
}
