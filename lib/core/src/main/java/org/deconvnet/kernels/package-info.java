/** Array work that is no convolution, in a plain form and, elsewhere, in vector instructions. */
package org.deconvnet.kernels;
