package org.deconvnet.spark.page;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.deconvnet.page.Tile;
import org.deconvnet.preprocess.DecodeLimits;
import org.deconvnet.preprocess.ImageDecoder;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.preprocess.Preprocessor;
import org.deconvnet.spark.corpus.ImageCorpus;
import org.deconvnet.spark.evaluate.Mistake;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.MapPicture;
import org.deconvnet.view.PngWriter;
import scala.Tuple2;

/** Small photographs of images that were taken for another class. */
public final class MistakePictures {
  private static final int SIDE = 144;

  private MistakePictures() {}

  /**
   * Reads these images again, on the executors.
   *
   * @param upright images are turned as their files' orientation says
   */
  public static List<Tile> of(ImageCorpus corpus, List<Mistake> mistakes, boolean upright) {
    if (mistakes.isEmpty()) {
      return List.of();
    }
    Preprocessor thumbnail =
        new Preprocessor(
            PreprocessOptions.DEFAULTS
                .withUpright(upright)
                .withGrey(false)
                .withLongestSide(SIDE)
                .withSubtractMean(false)
                .withLocalContrast(false));
    Map<String, byte[]> pictures = new HashMap<>();
    corpus
        .read(mistakes.stream().map(Mistake::image).toList(), 1)
        .toJavaRDD()
        .map(row -> new Tuple2<>(row.getString(0), png(row, thumbnail)))
        .collect()
        .forEach(picture -> pictures.put(picture._1(), picture._2()));
    return mistakes.stream().map(mistake -> tile(mistake, pictures.get(mistake.image()))).toList();
  }

  private static byte[] png(Row row, Preprocessor thumbnail) {
    return PngWriter.encode(
        MapPicture.pixels(thumbnail.decodeResized(row.<byte[]>getAs(2), DecodeLimits.DEFAULT)));
  }

  private static Tile tile(Mistake mistake, byte[] png) {
    FeatureMaps picture = ImageDecoder.decode(png, DecodeLimits.DEFAULT);
    return new Tile(
        MapPicture.pixels(picture),
        "%s, of class %s, taken for %s"
            .formatted(mistake.image(), mistake.truth(), mistake.predicted()),
        List.of(
            mistake.truth(),
            "taken for " + mistake.predicted(),
            String.format(Locale.ROOT, "margin %.2f", mistake.margin())));
  }
}
