package org.deconvnet.network.gradient.update;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import org.deconvnet.network.gradient.plan.Layout;

/** How gradients move parameters, with its settings. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = AdamRule.class, name = "adam"),
  @JsonSubTypes.Type(value = MomentumRule.class, name = "momentum")
})
public sealed interface UpdateRule extends Serializable permits AdamRule, MomentumRule {
  /** η, the size of a step. */
  double rate();

  /** λ: the gradient of {@code λ/2 |w|²} is added for filters, and for no other part. */
  double weightDecay();

  /** Arrays that an update carries on, each as long as the parameters. */
  int memories();

  /** An update that has made no step. */
  default Update start(Layout parameters) {
    return new Update(this, parameters);
  }
}
