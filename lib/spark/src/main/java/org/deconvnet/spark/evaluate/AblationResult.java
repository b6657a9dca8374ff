package org.deconvnet.spark.evaluate;

import java.util.List;
import java.util.Map;
import org.deconvnet.network.adaptive.Ablation;
import org.deconvnet.network.adaptive.AdaptiveNetwork;
import org.deconvnet.spark.corpus.CorpusSplit;
import org.deconvnet.spark.exec.AblationErrors.ImagePair;
import org.deconvnet.spark.exec.AblationErrors.LayerFit;

/**
 * What the ablations of one network gave.
 *
 * @param networks the network behind each ablation
 * @param fits of the test images, one a layer from layer 1 up
 * @param rates mean of the classes' rates by layer; layers that no vocabulary describes, or whose
 *     codes are empty, are missing
 * @param kernels what each layer's rate was measured by
 * @param pictured test images for the report
 */
public record AblationResult(
    CorpusSplit split,
    Map<Ablation, AdaptiveNetwork> networks,
    Map<Ablation, List<LayerFit>> fits,
    Map<Ablation, Map<Integer, Double>> rates,
    Map<Integer, String> kernels,
    List<ImagePair> pictured) {}
