/** Max pooling with switches, and what it does to places. */
package org.deconvnet.operator;
