/** Three-dimensional max pooling with switches. Imports tensor and conv. */
package org.deconvnet.pool;
