package dev.ecrrepo;

import dev.ecrrepo.identifier.Arn;
import dev.ecrrepo.identifier.StackId;
import dev.ecrrepo.repository.Registry;
import java.util.Optional;

/// The function as it was invoked: where it runs, whose registry it manages, and the account whose
/// stacks it serves.
///
/// @param account of the function, 12 digits
/// @param tenant the account that the invoked alias is for; absent without such an alias
/// @param accountKnown false where the runtime makes the account up, as `sam local invoke` does:
///   then stacks are not checked against it
record InvokedFunction(
    String partition,
    String region,
    String account,
    Optional<String> tenant,
    boolean accountKnown) {

  /// The alias of a tenant is this and the account ID. Only that account may invoke it, so Lambda
  /// itself has authenticated who asks.
  private static final String TENANT = "account-";

  /// Of `function:<name>:<qualifier>`.
  private static final int QUALIFIER = 2;

  /// @param arn `arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]`, as it was
  ///   invoked
  static InvokedFunction of(String arn, boolean samLocal) {
    Arn parsed =
        Arn.parse(arn).orElseThrow(() -> new IllegalArgumentException("not an ARN: " + arn));
    String[] resource = parsed.resource().split(":", -1);
    Optional<String> tenant =
        resource.length > QUALIFIER && resource[QUALIFIER].startsWith(TENANT)
            ? Optional.of(resource[QUALIFIER].substring(TENANT.length()))
            : Optional.empty();
    return new InvokedFunction(
        parsed.partition(), parsed.region(), parsed.account(), tenant, !samLocal);
  }

  Registry registry() {
    return new Registry(partition, region, accountKnown ? Optional.of(account) : Optional.empty());
  }

  /// Why a stack is not served; empty if it is.
  Optional<String> refusal(StackId stack) {
    if (!accountKnown) {
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
    if (stack.account().equals(tenant.orElse(account))) {
      return Optional.empty();
    }
    return Optional.of(
        tenant.isPresent()
            ? """
            This stack is in account %s, and this ServiceToken is for stacks of account %s. Use \
            the ServiceToken that ends in :account-%s; whoever deploys the provider can create it.\
            """
                .formatted(stack.account(), tenant.get(), stack.account())
            : """
            This stack is in account %s, and this ServiceToken is for stacks of the provider's \
            own account. Use the ServiceToken that ends in :account-%s, which whoever deploys \
            the provider can create; or deploy the provider in your account.\
            """
                .formatted(stack.account(), stack.account()));
  }
}
