/** What every way of learning shares: batches, totals, progress. */
package org.deconvnet.learn;
