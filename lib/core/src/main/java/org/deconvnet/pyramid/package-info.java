/** Codebooks and spatial pyramids of coded descriptors. */
package org.deconvnet.pyramid;
