/** How a gradient moves the parameters: Adam, and descent with momentum. */
package org.deconvnet.network.gradient.update;
