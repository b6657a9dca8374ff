/**
 * The drawing and writing pieces of the HTML report: pictures of signed maps, charts, and one page
 * that needs no other file; and what activations and filters of a network are in pixels.
 */
package org.deconvnet.report;
