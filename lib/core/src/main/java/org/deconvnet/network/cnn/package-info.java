/**
 * Convolutional networks that were learned elsewhere, seen through their deconvolution (Zeiler and
 * Fergus, Visualizing and understanding convolutional networks, ECCV 2014). A graph of operators,
 * what a forward pass recorded of an image, and the way back down to pixels.
 */
package org.deconvnet.network.cnn;
