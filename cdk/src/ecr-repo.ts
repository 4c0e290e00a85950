import { CfnTag, CustomResource, Duration, Fn, ITaggable, Lazy, RemovalPolicy, TagManager, TagType } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Grants } from './grants';
import { capitalized } from './names';
import { EcrRepoProperties } from './properties';

/** Properties of an `EcrRepo`. */
export interface EcrRepoProps extends EcrRepoProperties {
  /**
   * The ARN of the provider's function. Without it the ARN is imported from `serviceTokenExport`.
   *
   * @default - imported
   */
  readonly serviceToken?: string;
  /**
   * The export of the provider's stack that holds the ARN of its function.
   *
   * @default custom-ecrrepo-ServiceToken
   */
  readonly serviceTokenExport?: string;
  /**
   * How long CloudFormation waits for an answer.
   *
   * @default Duration.minutes(30)
   */
  readonly serviceTimeout?: Duration;
  /**
   * What happens to the repository when its resource or stack is deleted.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly removalPolicy?: RemovalPolicy;
  /**
   * Tags of the repository. `Tags.of()` adds to them.
   *
   * @default - none
   */
  readonly tags?: CfnTag[];
}

/**
 * An ECR repository that the provider of `Custom::EcrRepo` creates and keeps.
 *
 * It can be used wherever CDK takes an `IRepository`.
 */
export class EcrRepo extends ecr.RepositoryBase implements ITaggable {
  public readonly repositoryName: string;
  public readonly repositoryArn: string;
  /** Tags of the repository; `Tags.of()` writes here. */
  public readonly tags: TagManager;
  private readonly grants: Grants;
  private readonly resource: CustomResource;

  constructor(scope: Construct, id: string, props: EcrRepoProps = {}) {
    super(scope, id);
    const { serviceToken, serviceTokenExport, serviceTimeout, removalPolicy, tags, access, repositoryPolicyText, ...stated } = props;
    this.tags = new TagManager(TagType.STANDARD, 'Custom::EcrRepo', tags);
    this.grants = new Grants(access, repositoryPolicyText);
    this.resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::EcrRepo',
      serviceToken: serviceToken ?? Fn.importValue(serviceTokenExport ?? 'custom-ecrrepo-ServiceToken'),
      serviceTimeout: serviceTimeout ?? Duration.minutes(30),
      removalPolicy: removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      properties: {
        ...capitalized(stated),
        Access: Lazy.any({ produce: () => capitalized(this.grants.access()) }),
        RepositoryPolicyText: Lazy.any({ produce: () => this.grants.policy() }),
        Tags: Lazy.any({ produce: () => capitalized(this.tags.renderTags()) }),
      },
    });
    this.repositoryName = this.resource.getAttString('RepositoryName');
    this.repositoryArn = this.resource.getAttString('Arn');
  }

  public get repositoryUri(): string {
    return this.resource.getAttString('RepositoryUri');
  }

  /** The URI that answers over IPv4 and IPv6. */
  public get repositoryDualStackUri(): string {
    return this.resource.getAttString('DualStackUri');
  }

  /**
   * CDK calls this for principals of other accounts. What they may do becomes `Access` where `Access` can say it, and otherwise a
   * statement of the repository policy.
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    this.grants.add(statement);
    return { statementAdded: true, policyDependable: this.resource };
  }
}
