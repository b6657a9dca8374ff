/** Local descriptors of feature maps. */
package org.deconvnet.describe;
