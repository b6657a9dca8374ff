/** The Spark ML faces of the pipeline: estimators, models and transformers. */
package org.deconvnet.spark.ml;
