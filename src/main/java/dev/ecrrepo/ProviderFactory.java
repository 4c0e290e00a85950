package dev.ecrrepo;

import com.amazonaws.services.lambda.runtime.Context;
import dev.ecrrepo.cloudformation.Provider;

/// Makes the provider of one invocation. The ARN by which the function was invoked may differ from
/// one invocation to the next, and with it the account that is served.
interface ProviderFactory {

  Provider forInvocation(Context context);
}
