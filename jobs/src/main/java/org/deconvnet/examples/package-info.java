/**
 * Whole programs of a page each, for a Spark user to begin from: {@code spark-submit --class
 * org.deconvnet.examples.PipelineExample deconvnet.jar PHOTOS MODEL}.
 */
package org.deconvnet.examples;
