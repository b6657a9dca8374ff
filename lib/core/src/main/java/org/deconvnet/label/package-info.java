/**
 * Labels of pixels: maps of them, measures, and networks that give each pixel a class. Source:
 * Long, Shelhamer and Darrell, Fully convolutional networks for semantic segmentation, CVPR 2015.
 */
package org.deconvnet.label;
