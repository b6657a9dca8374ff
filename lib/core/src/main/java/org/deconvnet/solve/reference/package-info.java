/**
 * The algorithms as the papers write them, with whole arrays and no concern for time: what the fast
 * ones are read against, and tested against.
 */
package org.deconvnet.solve.reference;
