/**
 * Kernels on histograms, support vector machines and the scores of a classification. Imports tensor
 * and pyramid.
 */
package org.deconvnet.classify;
