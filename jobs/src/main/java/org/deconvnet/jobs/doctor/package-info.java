/**
 * What {@code doctor} looks at: each class checks one thing of this machine and says its finding.
 */
package org.deconvnet.jobs.doctor;
