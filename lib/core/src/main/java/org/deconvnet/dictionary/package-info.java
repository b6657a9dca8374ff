/** Filters from codes: statistics, the steps that solve for filters, their norms, first filters. */
package org.deconvnet.dictionary;
