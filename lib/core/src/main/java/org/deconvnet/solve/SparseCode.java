package org.deconvnet.solve;

import java.io.Serializable;
import org.deconvnet.operator.Switches;
import org.deconvnet.tensor.FeatureMaps;

/**
 * What inference of one layer leaves behind for one image.
 *
 * @param pooled p, (maps/pool, rows/pool, columns/pool), sign kept
 * @param switches where each pooled value sits in z
 * @param trace the objective at the pooled code z = U p
 */
public record SparseCode(FeatureMaps pooled, Switches switches, CodeTrace trace)
    implements Serializable {}
