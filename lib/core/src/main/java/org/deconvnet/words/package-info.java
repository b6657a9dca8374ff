/** How messages, reports and progress put things into words. */
package org.deconvnet.words;
