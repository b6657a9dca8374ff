/** HTML pages and SVG charts. Knows no network. */
package org.deconvnet.page;
