/** Inference of sparse feature maps: ISTA through the pooling, and its step size. */
package org.deconvnet.infer;
