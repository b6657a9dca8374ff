/**
 * Images back from a network's codes: reconstruction by every layer, noise and its removal, hidden
 * pixels filled in.
 */
package org.deconvnet.restore;
