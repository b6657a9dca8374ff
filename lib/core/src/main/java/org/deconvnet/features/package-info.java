/**
 * Local descriptors on a dense grid of patches: of a layer's responses, or of its strongest
 * activations one by one. Imports nothing to its right in the list of packages.
 */
package org.deconvnet.features;
