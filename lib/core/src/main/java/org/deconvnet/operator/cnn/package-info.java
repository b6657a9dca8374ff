/**
 * Linear maps of convolutional networks that were learned with labels: convolution of any geometry,
 * pooling over windows that may overlap, and their adjoints.
 */
package org.deconvnet.operator.cnn;
