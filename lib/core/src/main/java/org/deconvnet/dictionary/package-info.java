/** Learning the filters of the 2010 network from sufficient statistics of its codes. */
package org.deconvnet.dictionary;
