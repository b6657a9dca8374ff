/** The three convolution operations and the engines that carry them out. Imports tensor. */
package org.deconvnet.conv;
