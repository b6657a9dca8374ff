/** Proximal operators of the sparsity penalties. Imports tensor. */
package org.deconvnet.prox;
