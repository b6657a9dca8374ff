/**
 * Local descriptors on a dense grid of patches, from the responses of a layer. Imports tensor and
 * nothing to its right in the list of packages.
 */
package org.deconvnet.features;
