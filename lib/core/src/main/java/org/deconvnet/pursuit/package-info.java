/**
 * Matching pursuit of pixels: the first stage of hierarchical matching pursuit. Atoms of windows of
 * pixels, their codes, and maxima of these over cells.
 */
package org.deconvnet.pursuit;
