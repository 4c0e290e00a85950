package software.amazon.awssdk.regions;

import software.amazon.awssdk.regions.servicemetadata.ApiEcrServiceMetadata;

/// Stands in the package in place of the SDK's class of this name, which builds the metadata of
/// every AWS service, 300 classes, for each client's signing region; the SDK has no setting for it.
/// Without it a cold start takes 20 MiB less. Of a service that is not listed, the SDK takes the
/// signing region to be the client's, which is so for ECR in every partition.
public final class GeneratedServiceMetadataProvider implements ServiceMetadataProvider {

  private final ServiceMetadata ecr = new ApiEcrServiceMetadata();

  @Override
  public ServiceMetadata serviceMetadata(String endpointPrefix) {
    return endpointPrefix.equals("api.ecr") ? ecr : null;
  }
}
