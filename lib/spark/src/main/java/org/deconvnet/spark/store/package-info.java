/** Folders that runs write and read: outputs, models, caches; and their progress. */
package org.deconvnet.spark.store;
