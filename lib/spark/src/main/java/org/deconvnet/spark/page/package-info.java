/** Reports of runs, put together from the pages and pictures of the core. */
package org.deconvnet.spark.page;
