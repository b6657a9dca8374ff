package org.deconvnet.learn;

import java.io.Serializable;
import org.deconvnet.infer.SparseCode;

/** An image with the code that one layer gave it. */
public record CodedImage(TrainingImage source, SparseCode code) implements Serializable {}
