/** What codes cost: penalties, by their values and their proximal operators. */
package org.deconvnet.penalty;
