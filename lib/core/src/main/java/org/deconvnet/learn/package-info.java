/** Learning the filters of one layer from batches of images; local and cluster runs share it. */
package org.deconvnet.learn;
