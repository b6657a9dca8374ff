/** Rows of Spark and the types of the core, in both directions. */
package org.deconvnet.spark.columns;
