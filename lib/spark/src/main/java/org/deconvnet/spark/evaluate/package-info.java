/** Splits of a corpus, what is learned on one part and measured on the other. */
package org.deconvnet.spark.evaluate;
