/** The adaptive deconvolutional network (Zeiler, Taylor and Fergus, ICCV 2011). */
package org.deconvnet.network.adaptive;
