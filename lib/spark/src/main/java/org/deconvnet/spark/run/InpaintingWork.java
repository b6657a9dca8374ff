package org.deconvnet.spark.run;

import java.io.Serializable;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.csc.CscNetwork;
import org.deconvnet.operator.Masked;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.restore.GaussianFill;
import org.deconvnet.restore.Inpainter;
import org.deconvnet.restore.ReconstructionQuality;
import org.deconvnet.spark.evaluate.ImageNumbers;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.tensor.Shape;
import org.deconvnet.view.MapPicture;

/**
 * What {@code inpaint} does with one image: pictures of it, of what is seen, of the first fill and
 * of the result; in a trial, SNR and PSNR of both.
 *
 * @param options the dictionary's preprocessing
 * @param trial whether what is hidden is known, and so can be measured
 */
record InpaintingWork(PictureFolder pictures, PreprocessOptions options, Masks masks, boolean trial)
    implements ImageNumbers.Work<CscNetwork> {
  static final String MASKED = "masked";
  static final String FILLED = "filled";
  static final String INPAINTED = "inpainted";
  static final String ORIGINAL = "original";

  /** Which pixels of an image are seen. */
  interface Masks extends Serializable {
    /** (1, H, W), 1 for pixels that are seen and 0 for those that are hidden. */
    FeatureMaps mask(String id, Shape image);
  }

  List<String> keys() {
    return trial
        ? Stream.of(FILLED, INPAINTED)
            .flatMap(picture -> Stream.of(picture, picture + "_hidden"))
            .flatMap(what -> Stream.of("snr_" + what, "psnr_" + what))
            .toList()
        : List.of();
  }

  @Override
  public BiFunction<String, FeatureMaps, double[]> with(
      CscNetwork network, ConvolutionEngine engine) {
    Inpainter inpainter = new Inpainter(engine, network.layer(), options);
    return (id, image) -> {
      FeatureMaps mask = masks.mask(id, image.shape());
      FeatureMaps filled = GaussianFill.of(image, mask);
      FeatureMaps inpainted = inpainter.improve(filled, mask);
      draw(id, image, mask, List.of(filled, inpainted));
      return trial ? against(image, mask, List.of(filled, inpainted)) : new double[0];
    };
  }

  private void draw(String id, FeatureMaps image, FeatureMaps mask, List<FeatureMaps> results) {
    FeatureMaps seen = FeatureMaps.zeros(image.shape());
    Masked.hide(mask, image, seen);
    pictures.write(id, MASKED, MapPicture.pixels(seen));
    pictures.write(id, FILLED, MapPicture.pixels(results.get(0)));
    pictures.write(id, INPAINTED, MapPicture.pixels(results.get(1)));
    pictures.write(id, ORIGINAL, MapPicture.pixels(image));
  }

  private static double[] against(FeatureMaps image, FeatureMaps mask, List<FeatureMaps> results) {
    return results.stream()
        .flatMap(
            result ->
                Stream.of(
                    ReconstructionQuality.of(image, result),
                    ReconstructionQuality.ofHidden(image, result, mask)))
        .flatMapToDouble(q -> DoubleStream.of(q.snr(), q.psnr()))
        .toArray();
  }
}
