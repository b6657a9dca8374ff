package org.deconvnet.spark.page;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.deconvnet.network.ActivationPicture;
import org.deconvnet.network.Layers;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.spark.exec.DistributedActivations;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.ActivationSheet;
import org.deconvnet.view.MapPicture;
import org.deconvnet.view.PngWriter;
import org.deconvnet.view.StrongestImages;
import org.deconvnet.view.StrongestImages.Place;

/**
 * Pictures of the maps' strongest activations. Tasks draw them as PNG where the images are; they
 * stay there until the driver asks for one layer after the other.
 *
 * @param tiles persisted until {@link #close}
 */
public record MapPictures(StrongestImages best, int most, JavaRDD<Tile> tiles)
    implements AutoCloseable {
  private static final int SHEET_WIDTH = 928;
  private static final int CELL = 64;
  private static final int SMALL = 36;

  /** One activation: where it is among all, and its two pictures. */
  record Tile(String image, Place place, int side, byte[] projection, byte[] patch)
      implements Serializable {
    private static Tile draw(String image, Place place, ActivationPicture picture) {
      int side = Math.max(picture.patch().height(), picture.patch().width());
      return new Tile(image, place, side, png(picture.projection()), png(picture.patch()));
    }

    private static byte[] png(FeatureMaps maps) {
      return PngWriter.encode(MapPicture.signed(maps, MapPicture.range(maps)));
    }

    private ActivationPicture picture() {
      return new ActivationPicture(signed(projection), signed(patch));
    }

    /** Around zero again: mid-grey has tone 128. */
    private static FeatureMaps signed(byte[] png) {
      FeatureMaps maps = ImageDecoder.decode(png, DecodeLimits.DEFAULT);
      for (int i = 0; i < maps.data().length; i++) {
        maps.data()[i] -= 128f / 255;
      }
      return maps;
    }
  }

  public static <N extends Layers> MapPictures of(
      DistributedActivations<N> activations, StrongestImages best, int most) {
    JavaRDD<Tile> tiles =
        activations.drawn(best, Tile::draw).persist(StorageLevel.MEMORY_AND_DISK());
    tiles.count();
    return new MapPictures(best, most, tiles);
  }

  /** Takes a map's picture. */
  interface OfMap {
    void take(int map, BufferedImage picture);
  }

  /**
   * All of a layer's maps.
   *
   * @param blocks where each map that has an activation lies in the picture
   */
  record Sheet(BufferedImage picture, SortedMap<Integer, Rectangle> blocks) {}

  /**
   * Draws a layer's maps, each alone and all of them.
   *
   * @param layer from 1
   * @param each gets each map's picture
   * @return one block a map in their order
   */
  Sheet draw(int layer, OfMap each) {
    Map<Integer, List<Tile>> byMap = collect(layer);
    int maps = best.maps(layer);
    int side = byMap.values().stream().mapToInt(MapPictures::side).max().orElse(1);
    ActivationSheet sheet = ActivationSheet.within(SHEET_WIDTH, maps, most, cell(side, CELL));
    SortedMap<Integer, Rectangle> blocks = new TreeMap<>();
    byMap.forEach(
        (map, ofMap) -> {
          sheet.draw(map, ofMap.stream().map(Tile::picture).toList());
          blocks.put(map, sheet.block(map));
          each.take(map, alone(ofMap, Math.max(side, cell(side, CELL))));
        });
    return new Sheet(sheet.picture(), blocks);
  }

  /** A map's name, of which the layer's all have the same length: {@code map07}. */
  String name(int layer, int map) {
    int digits = Integer.toString(best.maps(layer) - 1).length();
    return ("map%0" + digits + "d").formatted(map);
  }

  /** A small picture of each of a layer's maps that has an activation, by map. */
  SortedMap<Integer, BufferedImage> small(int layer) {
    SortedMap<Integer, BufferedImage> small = new TreeMap<>();
    collect(layer).forEach((map, ofMap) -> small.put(map, alone(ofMap, cell(side(ofMap), SMALL))));
    return small;
  }

  /** One map at full size. */
  private BufferedImage alone(List<Tile> tiles, int cell) {
    ActivationSheet sheet = new ActivationSheet(1, 1, most, cell);
    sheet.draw(0, tiles.stream().map(Tile::picture).toList());
    return sheet.picture();
  }

  /** The tiles of a layer by map, strongest first. */
  private Map<Integer, List<Tile>> collect(int layer) {
    List<Tile> all = new ArrayList<>(tiles.filter(tile -> tile.place.layer() == layer).collect());
    all.sort(Comparator.comparingInt(tile -> tile.place.rank()));
    Map<Integer, List<Tile>> byMap = new TreeMap<>();
    all.forEach(
        tile -> byMap.computeIfAbsent(tile.place.map(), map -> new ArrayList<>()).add(tile));
    return byMap;
  }

  /** The longest side of a map's tiles. */
  private static int side(List<Tile> tiles) {
    return tiles.stream().mapToInt(Tile::side).max().orElse(1);
  }

  /** A cell that tiles fill by a whole factor, or that they are shrunk to. */
  private static int cell(int side, int most) {
    return side > most ? most : most / side * side;
  }

  @Override
  public void close() {
    tiles.unpersist();
  }
}
