package org.deconvnet.spark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.LayerReconstructions;
import org.deconvnet.network.Network;
import org.deconvnet.restore.ReconstructionQuality;
import org.deconvnet.spark.evaluate.ImageNumbers;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.MapPicture;

/**
 * What {@code reconstruct} does with one image: pictures of the preprocessed image and, for each
 * layer, of the reconstruction and what it lacks, all on the image's own scale; three numbers a
 * layer.
 */
record ReconstructionWork(PictureFolder pictures) implements ImageNumbers.Work<Network> {
  static final String INPUT = "input";

  static List<String> keys(int depth) {
    List<String> keys = new ArrayList<>();
    for (int number = 1; number <= depth; number++) {
      String layer = layer(number);
      keys.addAll(List.of("relative_error_" + layer, "snr_" + layer, "psnr_" + layer));
    }
    return keys;
  }

  static String layer(int number) {
    return "layer" + number;
  }

  static String residual(int number) {
    return layer(number) + "-residual";
  }

  @Override
  public BiFunction<String, FeatureMaps, double[]> with(Network network, ConvolutionEngine engine) {
    LayerReconstructions reconstructions = network.reconstructions(engine);
    return (id, image) -> {
      List<FeatureMaps> layers = reconstructions.of(image);
      draw(id, image, layers);
      return layers.stream()
          .map(layer -> ReconstructionQuality.of(image, layer))
          .flatMapToDouble(q -> DoubleStream.of(q.relativeError(), q.snr(), q.psnr()))
          .toArray();
    };
  }

  private void draw(String id, FeatureMaps image, List<FeatureMaps> layers) {
    float range = MapPicture.range(image);
    pictures.write(id, INPUT, MapPicture.signed(image, range));
    for (int number = 1; number <= layers.size(); number++) {
      FeatureMaps layer = layers.get(number - 1);
      pictures.write(id, layer(number), MapPicture.signed(layer, range));
      pictures.write(id, residual(number), MapPicture.signed(difference(image, layer), range));
    }
  }

  private static FeatureMaps difference(FeatureMaps image, FeatureMaps layer) {
    FeatureMaps residual = image.copy();
    for (int i = 0; i < residual.data().length; i++) {
      residual.data()[i] -= layer.data()[i];
    }
    return residual;
  }
}
