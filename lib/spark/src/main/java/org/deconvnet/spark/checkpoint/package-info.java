/** What a training run leaves in files so that it can be stopped and resumed to the same bits. */
package org.deconvnet.spark.checkpoint;
