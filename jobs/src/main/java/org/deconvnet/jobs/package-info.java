/** The command line: each class parses, calls the library once, and reports. */
package org.deconvnet.jobs;
