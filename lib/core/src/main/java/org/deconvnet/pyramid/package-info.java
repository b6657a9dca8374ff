/**
 * Visual words, their assignment and spatial pyramid histograms. Imports tensor, conv and features.
 */
package org.deconvnet.pyramid;
