/** Layers, networks of layers, and the linear map R from a layer's features to pixels. */
package org.deconvnet.layer;
