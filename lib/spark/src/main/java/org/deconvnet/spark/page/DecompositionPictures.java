package org.deconvnet.spark.page;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.engine.ConvolutionEngines;
import org.deconvnet.network.Network;
import org.deconvnet.network.TopDownDecomposition;
import org.deconvnet.network.TopDownDecomposition.Level;
import org.deconvnet.operator.ReceptiveField;
import org.deconvnet.spark.columns.FeatureMapsColumn;
import org.deconvnet.spark.evaluate.FeatureLearning;
import org.deconvnet.spark.evaluate.PreparedCorpus;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.MapWindow;
import org.deconvnet.view.FilterMosaic;
import org.deconvnet.view.MapPicture;
import org.deconvnet.view.ReconstructionSheet;

/**
 * The strongest top-layer activation of a few images, each taken apart into 5, 25, 125 … of the
 * layers below, drawn by the driver.
 */
public final class DecompositionPictures {
  static final int BRANCHING = 5;
  private static final int SHOWN = 4;
  private static final int CELL = 150;

  private static final int TILE = 56;
  private static final int MOSAIC = 900;

  private final List<Taken> taken;

  private DecompositionPictures(List<Taken> taken) {
    this.taken = taken;
  }

  /** One image's activation, taken apart. */
  private record Taken(String image, FeatureMaps pixels, TopDownDecomposition parts) {
    /**
     * All cut to what the activation reaches. Each has a scale of its own: a few parts of many are
     * so much weaker than the whole that they would not be seen on its scale.
     */
    private List<FeatureMaps> row() {
      ReceptiveField shown = parts.field().movedInto(pixels.shape());
      List<FeatureMaps> row = new ArrayList<>(List.of(scaled(shown.cut(pixels).values())));
      for (Level level : parts.levels()) {
        row.add(scaled(shown.cut(level.together()).values()));
      }
      return row;
    }

    /** To a largest size of 1, in place. */
    private static FeatureMaps scaled(FeatureMaps maps) {
      float factor = 1 / Math.max(Float.MIN_NORMAL, MapPicture.range(maps));
      for (int i = 0; i < maps.data().length; i++) {
        maps.data()[i] *= factor;
      }
      return maps;
    }
  }

  /** Of a few images that the seed draws; those without any activation are left out. */
  public static DecompositionPictures of(
      Network network, String engineName, PreparedCorpus prepared, long seed) {
    ConvolutionEngine engine = ConvolutionEngines.create(engineName);
    List<String> ids = FeatureLearning.sample(FeatureLearning.ids(prepared.images()), SHOWN, seed);
    List<Taken> all = new ArrayList<>();
    for (Row row :
        FeatureLearning.only(prepared.images().select("path", "image"), ids)
            .orderBy("path")
            .collectAsList()) {
      FeatureMaps image = FeatureMapsColumn.fromRow(row.getStruct(1));
      network
          .takenApart(engine, image, BRANCHING)
          .ifPresent(parts -> all.add(new Taken(row.getString(0), image, parts)));
    }
    return new DecompositionPictures(all);
  }

  public boolean isEmpty() {
    return taken.isEmpty();
  }

  /** What the columns of {@link #sheet} hold. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("image"));
    for (Level level : taken.get(0).parts.levels()) {
      columns.add("layer %d: %d".formatted(level.layer(), level.parts().size()));
    }
    return columns;
  }

  /** A row an image: the image where the activation reaches, then each level's parts together. */
  BufferedImage sheet() {
    return draw(taken.stream().map(Taken::row).toList());
  }

  /** Each image's row as a picture of its own. */
  void write(PictureFolder folder) {
    taken.forEach(one -> folder.write(one.image, "decomposition", draw(List.of(one.row()))));
  }

  private static BufferedImage draw(List<List<FeatureMaps>> rows) {
    FeatureMaps first = rows.get(0).get(0);
    int scale = Math.max(1, CELL / Math.max(first.height(), first.width()));
    return ReconstructionSheet.draw(rows, scale);
  }

  /** Of the first image: the parts of each level one by one, from the top. */
  List<BufferedImage> mosaics() {
    List<BufferedImage> mosaics = new ArrayList<>();
    for (Level level : taken.get(0).parts.levels()) {
      List<FeatureMaps> tiles = level.alone().stream().map(MapWindow::values).toList();
      int side = tiles.get(0).width();
      int scale = Math.max(1, TILE / side);
      mosaics.add(FilterMosaic.draw(tiles, Math.max(1, MOSAIC / (side * scale)), scale));
    }
    return mosaics;
  }

  /** For programs: by image, what each level lacks of the top activation's picture. */
  List<Map<String, Object>> metrics() {
    return taken.stream()
        .map(one -> Map.<String, Object>of("path", one.image, "lost", one.parts.lost()))
        .toList();
  }

  /** Means of what levels lack, from the top layer down. */
  List<Double> meanLost() {
    List<Double> means = new ArrayList<>();
    for (int level = 0; level < taken.get(0).parts.levels().size(); level++) {
      int at = level;
      means.add(
          taken.stream().mapToDouble(one -> one.parts.lost().get(at)).average().orElseThrow());
    }
    return means;
  }
}
