/**
 * Networks of learned convolutions and transposed convolutions, differentiated a ghost group of
 * images at a time: forward and backward passes, losses, sums over groups.
 */
package org.deconvnet.network.gradient;
