/** Images back from a network's codes: reconstruction by every layer, noise and its removal. */
package org.deconvnet.restore;
