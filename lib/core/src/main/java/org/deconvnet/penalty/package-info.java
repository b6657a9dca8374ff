/** The sparsity penalties and their proximal operators. */
package org.deconvnet.penalty;
