/** Solvers of quadratics, and what every solver of codes leaves behind. */
package org.deconvnet.solve;
