/** The convolution engine: its contract, the plain one, and the choice of the fastest. */
package org.deconvnet.engine;
