package dev.ecrrepo;

import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.report.ReportGateway;
import software.amazon.awssdk.services.ecr.EcrClient;

/// The parts of [ReportHandler] that live as long as the function.
record ReportWiring(EcrClient client, Retry.Sleeper sleeper) {

  EcrGateway ecr(FunctionArn function) {
    return new EcrGateway(client, function.registry(), new Retry(sleeper));
  }

  ReportGateway reports() {
    return new ReportGateway(client, sleeper);
  }
}
