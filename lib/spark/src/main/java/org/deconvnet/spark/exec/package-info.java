/** The distributed loops, all of them: batches of images on a cluster, and who drives them. */
package org.deconvnet.spark.exec;
