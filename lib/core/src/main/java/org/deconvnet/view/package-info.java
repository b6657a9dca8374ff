/** Pictures of filters, activations and reconstructions. */
package org.deconvnet.view;
