package org.vidtomo.dashboard.web;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Writes a picture of a page with a palette, a third of its size: what is flat keeps its colour,
 * the edges of letters take the nearest.
 */
final class PalettePng {
  private static final int COLOURS = 256;

  /** Those that are most frequent stay as they are. */
  private static final int EXACT = 128;

  /** The upper bits of each channel tell the others apart. */
  private static final int SHARED = 0xf0f0f0;

  private PalettePng() {}

  /** Sums of a few colours that share a place in the palette. */
  private static final class Bin {
    private long red;
    private long green;
    private long blue;
    private long pixels;

    private void add(int rgb, int count) {
      red += (long) (rgb >> 16 & 0xff) * count;
      green += (long) (rgb >> 8 & 0xff) * count;
      blue += (long) (rgb & 0xff) * count;
      pixels += count;
    }

    private int mean() {
      return (int) (red / pixels << 16 | green / pixels << 8 | blue / pixels);
    }
  }

  /** Replaces a picture. */
  static void shrink(Path file) throws IOException {
    BufferedImage picture = ImageIO.read(file.toFile());
    int[] pixels =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    int[] palette = palette(pixels);
    IndexColorModel colours = new IndexColorModel(8, palette.length, palette, 0, false, -1, 0);
    BufferedImage indexed =
        new BufferedImage(
            picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    Map<Integer, Integer> nearest = new HashMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int index = nearest.computeIfAbsent(pixels[i] & 0xffffff, rgb -> nearest(rgb, palette));
      indexed.getRaster().setSample(i % picture.getWidth(), i / picture.getWidth(), 0, index);
    }
    write(indexed, file);
  }

  private static int[] palette(int[] pixels) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel & 0xffffff, 1, Integer::sum);
    }
    List<Map.Entry<Integer, Integer>> byCount = new ArrayList<>(counts.entrySet());
    byCount.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    Map<Integer, Bin> rest = new HashMap<>();
    for (Map.Entry<Integer, Integer> each : byCount.subList(exact(byCount), byCount.size())) {
      rest.computeIfAbsent(each.getKey() & SHARED, key -> new Bin())
          .add(each.getKey(), each.getValue());
    }
    List<Integer> palette = new ArrayList<>();
    byCount.subList(0, exact(byCount)).forEach(each -> palette.add(each.getKey()));
    rest.values().stream()
        .sorted(Comparator.comparingLong((Bin bin) -> bin.pixels).reversed())
        .limit(COLOURS - palette.size())
        .forEach(bin -> palette.add(bin.mean()));
    return palette.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int exact(List<?> colours) {
    return colours.size() <= COLOURS ? colours.size() : EXACT;
  }

  private static int nearest(int rgb, int[] palette) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.length && least > 0; i++) {
      int red = (rgb >> 16) - (palette[i] >> 16);
      int green = (rgb >> 8 & 0xff) - (palette[i] >> 8 & 0xff);
      int blue = (rgb & 0xff) - (palette[i] & 0xff);
      int apart = 3 * red * red + 4 * green * green + 2 * blue * blue;
      if (apart < least) {
        least = apart;
        best = i;
      }
    }
    return best;
  }

  private static void write(BufferedImage picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality(0);
    try (OutputStream out = Files.newOutputStream(file);
        ImageOutputStream images = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(images);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
  }
}
