/**
 * The drawing and writing pieces of the HTML report: pictures of signed maps, charts, and one page
 * that needs no other file. Imports only the tensors and the JDK.
 */
package org.deconvnet.report;
