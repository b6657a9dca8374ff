package org.deconvnet.spark.run;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.deconvnet.network.Layers;
import org.deconvnet.spark.ml.DecodingStage;
import org.deconvnet.spark.ml.ImageCrop;
import org.deconvnet.spark.ml.LayerCodes;
import org.deconvnet.spark.ml.OnnxNetwork;

/**
 * From files to the layers of an ONNX network in one pass: an image is decoded, run and forgotten.
 * Cropped images are floating-point numbers, often a hundred times a file's size, and of millions
 * of files none may be kept.
 */
record CroppedLayers(OnnxNetwork stage, ImageCrop crop) implements DecodingStage, LayerCodes {
  static CroppedLayers of(OnnxNetwork stage) {
    return new CroppedLayers(stage, stage.crop());
  }

  @Override
  public boolean getUpright() {
    return crop.getUpright();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> files) {
    return stage.codes(crop.transform(files).drop(crop.getInputCol())).drop(stage.getInputCol());
  }

  @Override
  public Layers network() {
    return stage.network();
  }

  /** Those that {@link #transform} has made. */
  @Override
  public Dataset<Row> codes(Dataset<?> layers) {
    return layers.toDF();
  }
}
