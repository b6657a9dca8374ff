/** Sparse coding of patches: every window of an image on its own, by learned words. */
package org.deconvnet.network.patches;
