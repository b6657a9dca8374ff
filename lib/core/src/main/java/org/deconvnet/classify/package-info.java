/** Classifiers on pyramids, and how well they did. */
package org.deconvnet.classify;
