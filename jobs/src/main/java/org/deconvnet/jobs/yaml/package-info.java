/**
 * Reads YAML into records, and says of every mistake where it is, what was expected and what came.
 * Knows nothing of what the records mean.
 */
package org.deconvnet.jobs.yaml;
