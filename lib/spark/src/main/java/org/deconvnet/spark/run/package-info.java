/** Whole runs, one class a command. */
package org.deconvnet.spark.run;
