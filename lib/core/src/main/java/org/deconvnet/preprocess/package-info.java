/**
 * From the bytes of an image file to the maps that a network learns from: decoding with limits,
 * grey, size, mean, local contrast normalisation. Imports only {@code tensor} and ImageIO.
 */
package org.deconvnet.preprocess;
