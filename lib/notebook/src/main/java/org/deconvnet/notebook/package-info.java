/**
 * A Jupyter kernel for Java, in which notebooks call this library: the JDK's own shell (JShell)
 * behind Jupyter's protocol, in the process that holds the Spark session.
 */
package org.deconvnet.notebook;
