package dev.ecrrepo.plan;

import dev.ecrrepo.identifier.KmsKey;
import dev.ecrrepo.properties.Encryption;
import dev.ecrrepo.properties.Setting;
import dev.ecrrepo.repository.ObservedRepository;
import java.util.Optional;

/// What a template asks of a repository's encryption, which ECR cannot change.
final class EncryptionDifference {

  private EncryptionDifference() {}

  /// A profile's encryption counts only at creation, an explicit one always.
  static boolean exists(ReconcileRequest request, ObservedRepository repository) {
    Encryption live = repository.encryption();
    Setting<Encryption> desired = request.desired().encryption();
    Encryption wanted = desired.value();
    boolean same =
        wanted.type().equals(live.type())
            && wanted
                .kmsKey()
                .flatMap(key -> live.kmsKey().map(liveKey -> KmsKey.couldBeSame(key, liveKey)))
                .orElse(true);
    return desired.source() == Setting.Source.PROPERTY && !same;
  }

  /// A warning about a key that the template no longer states, or changes from or to an alias:
  /// nothing tells whether it is another key.
  static Optional<String> ignoredKey(ReconcileRequest request, ObservedRepository repository) {
    Optional<String> old = request.previous().kmsKey();
    Optional<String> now = request.desired().encryption().value().kmsKey();
    boolean ignored =
        old.isPresent()
            && !old.equals(now)
            && (now.isEmpty() || KmsKey.isAlias(old.get()) || KmsKey.isAlias(now.get()));
    return ignored
        ? Optional.of(
            "KmsKey %s. ECR cannot change the key of a repository, so it keeps %s."
                .formatted(
                    now.map(key -> "changed from " + old.get() + " to " + key)
                        .orElse(old.get() + " is no longer stated"),
                    repository.encryption().kmsKey().orElse("its own")))
        : Optional.empty();
  }
}
