/**
 * Codes of images: the problem, its solvers, and what they leave behind; and minimisers of
 * quadratics.
 */
package org.deconvnet.solve;
