package dev.ecrrepo;

import dev.ecrrepo.ecr.EcrGateway;
import dev.ecrrepo.ecr.Retry;
import dev.ecrrepo.report.ReportGateway;
import dev.ecrrepo.time.Time;
import software.amazon.awssdk.services.ecr.EcrClient;

/// The parts of [ReportHandler] that live as long as the function.
record ReportWiring(EcrClient client, Time time) {

  EcrGateway ecrGateway(InvokedFunction function) {
    return new EcrGateway(client, function.registry(), new Retry(time));
  }

  ReportGateway reportGateway() {
    return new ReportGateway(client, time);
  }
}
