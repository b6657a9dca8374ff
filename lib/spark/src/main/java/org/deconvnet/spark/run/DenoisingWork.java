package org.deconvnet.spark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import org.deconvnet.engine.ConvolutionEngine;
import org.deconvnet.network.Network;
import org.deconvnet.preprocess.PreprocessOptions;
import org.deconvnet.restore.Denoiser;
import org.deconvnet.restore.GaussianNoise;
import org.deconvnet.restore.ReconstructionQuality;
import org.deconvnet.spark.evaluate.ImageNumbers;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.MapPicture;

/**
 * What {@code denoise} does with one image: pictures of it, with noise, and denoised by each layer;
 * where it was clean, SNR and PSNR before and after.
 *
 * @param options the network's preprocessing
 * @param noise to add; null: the images are noisy already
 */
record DenoisingWork(PictureFolder pictures, PreprocessOptions options, GaussianNoise noise)
    implements ImageNumbers.Work<Network> {
  static final String CLEAN = "clean";
  static final String NOISY = "noisy";

  static List<String> keys(int depth) {
    List<String> keys = new ArrayList<>(List.of("snr_noisy", "psnr_noisy"));
    for (int number = 1; number <= depth; number++) {
      keys.add("snr_denoised_layer" + number);
      keys.add("psnr_denoised_layer" + number);
    }
    return keys;
  }

  @Override
  public BiFunction<String, FeatureMaps, double[]> with(Network network, ConvolutionEngine engine) {
    Denoiser denoiser = new Denoiser(network.reconstructions(engine), options);
    return (id, image) -> {
      FeatureMaps noisy = noise == null ? image : noise.addTo(id, image);
      List<FeatureMaps> layers = denoiser.denoise(noisy);
      draw(id, noisy, layers);
      return noise == null ? new double[0] : against(id, image, noisy, layers);
    };
  }

  private void draw(String id, FeatureMaps noisy, List<FeatureMaps> layers) {
    pictures.write(id, NOISY, MapPicture.pixels(noisy));
    for (int number = 1; number <= layers.size(); number++) {
      FeatureMaps layer = layers.get(number - 1);
      pictures.write(id, ReconstructionWork.layer(number), MapPicture.pixels(layer));
    }
  }

  private double[] against(
      String id, FeatureMaps clean, FeatureMaps noisy, List<FeatureMaps> layers) {
    pictures.write(id, CLEAN, MapPicture.pixels(clean));
    List<FeatureMaps> all = new ArrayList<>(List.of(noisy));
    all.addAll(layers);
    return all.stream()
        .map(image -> ReconstructionQuality.of(clean, image))
        .flatMapToDouble(q -> DoubleStream.of(q.snr(), q.psnr()))
        .toArray();
  }
}
