/** Where images come from: class folders, splits, and the files that were no images. */
package org.deconvnet.spark.corpus;
