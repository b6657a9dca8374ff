/** What a configuration file can say. */
package org.deconvnet.spark.config;
