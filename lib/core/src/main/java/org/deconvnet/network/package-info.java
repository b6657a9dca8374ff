/** What every family of networks has in common. Each family is a package below this one. */
package org.deconvnet.network;
