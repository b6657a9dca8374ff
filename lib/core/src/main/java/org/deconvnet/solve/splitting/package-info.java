/** Solvers of convolutional codes that change all coefficients at once. */
package org.deconvnet.solve.splitting;
