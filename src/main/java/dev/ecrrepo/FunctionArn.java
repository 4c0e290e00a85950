package dev.ecrrepo;

import dev.ecrrepo.cloudformation.StackId;
import dev.ecrrepo.repository.Guardrails;
import dev.ecrrepo.repository.Registry;
import java.util.Optional;

/// Where the function runs, and so whose registry it serves.
///
/// @param account of the function, 12 digits
/// @param trusted false where the runtime makes the account up, as `sam local invoke` does: then
///   stacks are not checked against it
record FunctionArn(String partition, String region, String account, boolean trusted) {

  /// @param arn `arn:aws:lambda:<region>:<account>:function:<name>`
  static FunctionArn of(String arn, boolean samLocal) {
    String[] parts = arn.split(":", -1);
    return new FunctionArn(parts[1], parts[3], parts[4], !samLocal);
  }

  Registry registry() {
    return new Registry(partition, region, trusted ? Optional.of(account) : Optional.empty());
  }

  /// Why a stack is not served; empty if it is.
  Optional<String> refusal(StackId stack, Guardrails guardrails) {
    if (!trusted) {
      return Optional.empty();
    }
    if (!stack.region().equals(region) || !stack.partition().equals(partition)) {
      return Optional.of(
          """
          This stack is in %s, the provider in %s. \
          Use the ServiceToken of a provider in the stack's Region.\
          """
              .formatted(stack.region(), region));
    }
    return stack.account().equals(account)
            || guardrails.allowedStackAccounts().contains(stack.account())
        ? Optional.empty()
        : Optional.of(
            """
            This stack is in account %s, which the provider in account %s does not serve. \
            Whoever deploys the provider can add it to AllowedStackAccounts; or deploy the \
            provider in your account.\
            """
                .formatted(stack.account(), account));
  }
}
