/** Pictures and pages: what a run learned, for people to look at. */
package org.deconvnet.report;
