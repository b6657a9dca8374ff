/** How fast this machine runs the kernels and a whole network. Imports what it measures. */
package org.deconvnet.speed;
