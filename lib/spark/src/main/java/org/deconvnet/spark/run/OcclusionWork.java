package org.deconvnet.spark.run;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;
import org.deconvnet.network.cnn.CnnNetwork;
import org.deconvnet.network.cnn.Occlusion;
import org.deconvnet.network.cnn.OcclusionMaps;
import org.deconvnet.network.cnn.OcclusionOptions;
import org.deconvnet.network.cnn.OcclusionSummary;
import org.deconvnet.spark.page.OccludedImage;
import org.deconvnet.spark.page.PictureFolder;
import org.deconvnet.spark.store.ClassNames;
import org.deconvnet.tensor.FeatureMaps;
import org.deconvnet.view.ClassColours;
import org.deconvnet.view.HeatMap;
import org.deconvnet.view.MapPicture;

/**
 * What {@code occlude} does with one image: slides the square over it and draws five pictures.
 *
 * @param map that is watched; below 0: the one with the strongest activation
 */
record OcclusionWork(PictureFolder pictures, ClassNames names, OcclusionOptions square, int map)
    implements Serializable {
  /**
   * @param label the image's class, or null
   * @param image (C, H, W) in [0, 1]
   */
  OccludedImage of(CnnNetwork network, String path, String label, FeatureMaps image) {
    OptionalInt labelled = names.numberOf(label);
    OcclusionMaps maps =
        Occlusion.of(network, square)
            .of(
                network.input(image),
                map < 0 ? OptionalInt.empty() : OptionalInt.of(map),
                labelled);
    OcclusionSummary summary = maps.summary();
    draw(path, network, image, maps, summary);
    return new OccludedImage(path, labelled.isPresent(), summary);
  }

  private void draw(
      String path,
      CnnNetwork network,
      FeatureMaps image,
      OcclusionMaps maps,
      OcclusionSummary summary) {
    FeatureMaps covered = maps.grid().covered(image, network.grey(), maps.leastProbable());
    ClassColours colours = new ClassColours(List.copyOf(summary.classShares().keySet()));
    pictures.write(path, OccludedImage.IMAGE, MapPicture.pixels(image));
    pictures.write(path, OccludedImage.COVERED, MapPicture.pixels(covered));
    pictures.write(path, OccludedImage.PROBABILITY, HeatMap.probability(maps));
    pictures.write(path, OccludedImage.ACTIVITY, HeatMap.activity(maps));
    pictures.write(path, OccludedImage.CLASSES, HeatMap.classes(maps, colours));
  }
}
