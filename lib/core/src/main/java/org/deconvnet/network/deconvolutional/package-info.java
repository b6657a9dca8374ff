/** The deconvolutional network (Zeiler, Krishnan, Taylor and Fergus, CVPR 2010). */
package org.deconvnet.network.deconvolutional;
