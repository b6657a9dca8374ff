/** Whole runs: corpus to network, to features, to a classifier, to a report. */
package org.deconvnet.spark.experiment;
