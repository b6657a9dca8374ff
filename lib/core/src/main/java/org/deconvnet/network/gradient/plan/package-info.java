/**
 * Networks that are learned by gradients, described: layers, how they join, their numbers' order.
 */
package org.deconvnet.network.gradient.plan;
