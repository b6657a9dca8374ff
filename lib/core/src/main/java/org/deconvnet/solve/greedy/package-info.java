/** Locally greedy coordinate descent on convolutional codes. */
package org.deconvnet.solve.greedy;
