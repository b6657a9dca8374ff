/** Bytes and versions: how models and states lie in files. Knows no network. */
package org.deconvnet.store;
