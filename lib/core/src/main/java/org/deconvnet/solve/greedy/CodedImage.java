package org.deconvnet.solve.greedy;

import java.io.Serializable;
import org.deconvnet.solve.CodeTrace;
import org.deconvnet.tensor.SparseMaps;

/** An image's code, the objective's parts at it, and how good it is. */
public record CodedImage(SparseMaps code, CodeTrace trace, Certificate certificate)
    implements Serializable {}
