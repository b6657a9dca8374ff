/** Three-dimensional max pooling with switches. Imports tensor. */
package org.deconvnet.pool;
