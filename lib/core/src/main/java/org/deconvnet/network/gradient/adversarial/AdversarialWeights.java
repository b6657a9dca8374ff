package org.deconvnet.network.gradient.adversarial;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.deconvnet.network.gradient.NetworkWeights;
import org.deconvnet.store.Fingerprint;

/** Both networks at one moment: what a round sends out. Immutable as {@link NetworkWeights} is. */
public record AdversarialWeights(NetworkWeights generator, NetworkWeights discriminator)
    implements Serializable {
  /** Before any training. */
  public static AdversarialWeights start(AdversarialOptions options, long seed) {
    return new AdversarialWeights(
        NetworkWeights.start(options.generator(), seed),
        NetworkWeights.start(options.discriminator(), seed + 1));
  }

  /** SHA-256 over both. */
  public String fingerprint() {
    String both = generator.fingerprint() + discriminator.fingerprint();
    return new Fingerprint().add(both.getBytes(StandardCharsets.US_ASCII)).hex();
  }
}
