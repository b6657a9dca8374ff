/**
 * Spark ML stages. Every Param has a getter, a fluent setter and a default, and its doc names the
 * values that it takes; a setter throws {@link org.deconvnet.tensor.UserErrorException} for another
 * one. What a model has learned are Params, too, without setters or defaults. Params that several
 * stages share are declared in interfaces, which the stages implement with their own type.
 */
package org.deconvnet.spark.ml;
