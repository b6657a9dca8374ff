/**
 * Two networks trained in turns, after Radford, Metz and Chintala: a generator, and a discriminator
 * that tells its images from the corpus'. Their plans, a round's work on a ghost group, images of
 * z, and how samples are compared with images.
 */
package org.deconvnet.network.gradient.adversarial;
