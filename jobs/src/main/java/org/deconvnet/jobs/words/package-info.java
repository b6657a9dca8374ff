/** Names that a person got wrong, and the ones that were meant. */
package org.deconvnet.jobs.words;
