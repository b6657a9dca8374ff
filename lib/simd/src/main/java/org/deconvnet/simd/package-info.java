/** Convolution on the JDK's Vector API: the only package that names its types. */
package org.deconvnet.simd;
