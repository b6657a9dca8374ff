/** Convolutional sparse coding with a learned dictionary: convex, one layer. */
package org.deconvnet.network.csc;
