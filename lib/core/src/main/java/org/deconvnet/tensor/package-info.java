/**
 * Arrays with a shape: feature maps, filter banks and which of them are connected. Imports nothing.
 */
package org.deconvnet.tensor;
