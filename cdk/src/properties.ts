// Made from schema/custom-ecrrepo.json by make_properties.py.

/**
 * A set of defaults for properties that are not stated. `Production` has immutable tags and keeps every tagged image. `Development` has mutable tags and expires every image 14 days after push. `SharedRegistry` encrypts with KMS and keeps the newest ten `v*` and the newest ten `release*` images. `Native` has the defaults of `AWS::ECR::Repository`. The section *Profiles* of the property reference lists all values.
 */
export enum RepositoryProfile {
  /** `Production` */
  PRODUCTION = 'Production',
  /** `Development` */
  DEVELOPMENT = 'Development',
  /** `SharedRegistry` */
  SHARED_REGISTRY = 'SharedRegistry',
  /** `Native` */
  NATIVE = 'Native',
}

/**
 * Whether an existing tag can be pushed again for another image. With `*_WITH_EXCLUSION`, the tags that match `ImageTagMutabilityExclusionFilters` are exceptions.
 */
export enum ImageTagMutability {
  /** `IMMUTABLE` */
  IMMUTABLE = 'IMMUTABLE',
  /** `MUTABLE` */
  MUTABLE = 'MUTABLE',
  /** `IMMUTABLE_WITH_EXCLUSION` */
  IMMUTABLE_WITH_EXCLUSION = 'IMMUTABLE_WITH_EXCLUSION',
  /** `MUTABLE_WITH_EXCLUSION` */
  MUTABLE_WITH_EXCLUSION = 'MUTABLE_WITH_EXCLUSION',
}

/**
 * The type of the filter.
 */
export enum ImageTagMutabilityExclusionFilterType {
  /** `WILDCARD` */
  WILDCARD = 'WILDCARD',
}

/**
 * `AES256`: keys that Amazon S3 manages. `KMS`: a key of AWS KMS. `KMS_DSSE`: two layers of encryption with a KMS key, in Regions where ECR offers it.
 */
export enum EncryptionType {
  /** `AES256` */
  AES256 = 'AES256',
  /** `KMS` */
  KMS = 'KMS',
  /** `KMS_DSSE` */
  KMS_DSSE = 'KMS_DSSE',
}

/**
 * The images to which the rule applies.
 */
export enum TagStatus {
  /** `tagged` */
  TAGGED = 'tagged',
  /** `untagged` */
  UNTAGGED = 'untagged',
  /** `any` */
  ANY = 'any',
}

/**
 * The storage class of the images.
 */
export enum StorageClass {
  /** `Standard` */
  STANDARD = 'Standard',
  /** `Archive` */
  ARCHIVE = 'Archive',
}

/**
 * What the rule does with the images: `Expire` deletes them, `Archive` moves them to the archive storage class.
 */
export enum LifecycleAction {
  /** `Expire` */
  EXPIRE = 'Expire',
  /** `Archive` */
  ARCHIVE = 'Archive',
}

/**
 * Creates and maintains a private Amazon ECR repository. It is secure by default, and lifecycle rules and access grants need no policy JSON. All properties of `AWS::ECR::Repository` can be used, with the same names and forms. A property that is removed returns to its default, except `EncryptionConfiguration`, which ECR cannot change, and the settings of an adopted repository (`AdoptExisting`). The properties are checked before anything is changed. Several mistakes are reported in one message; if it would become too long, it ends with how many more there are.
 */
export interface EcrRepoProperties {
  /**
   * The name of the repository, including its namespaces, such as `team/app`. If you don't specify a name, one is generated from the stack's name, the logical ID and a hash, and stays the same as long as the resource exists.
   *
   * @default - none
   */
  readonly repositoryName?: string;
  /**
   * A set of defaults for properties that are not stated. `Production` has immutable tags and keeps every tagged image. `Development` has mutable tags and expires every image 14 days after push. `SharedRegistry` encrypts with KMS and keeps the newest ten `v*` and the newest ten `release*` images. `Native` has the defaults of `AWS::ECR::Repository`. The section *Profiles* of the property reference lists all values.
   *
   * @default - `"Production"`
   */
  readonly profile?: RepositoryProfile;
  /**
   * Whether an existing tag can be pushed again for another image. With `*_WITH_EXCLUSION`, the tags that match `ImageTagMutabilityExclusionFilters` are exceptions.
   *
   * @default - by `Profile`
   */
  readonly imageTagMutability?: ImageTagMutability;
  /**
   * The tags that are exceptions to `ImageTagMutability`. Required with `IMMUTABLE_WITH_EXCLUSION` and `MUTABLE_WITH_EXCLUSION`, and not allowed with other values.
   *
   * @default - none
   */
  readonly imageTagMutabilityExclusionFilters?: ImageTagMutabilityExclusionFilter[];
  /**
   * Whether images are scanned for vulnerabilities when they are pushed.
   *
   * @default - none
   */
  readonly imageScanningConfiguration?: ImageScanningConfiguration;
  /**
   * How images are encrypted at rest. The encryption of an existing repository cannot be changed. An update to another type, or to another key by its ID or ARN, fails before anything is changed, with a message that says what to do. A change to an alias has no effect and does not fail, because the provider cannot tell which key an alias stands for. A change from an alias to the ID or ARN of a key fails only if the repository has another key. Removing `KmsKey` has no effect and does not fail either. In each of these cases the repository keeps its key. The profile's value applies only at creation.
   *
   * @default - by `Profile`
   */
  readonly encryptionConfiguration?: EncryptionConfiguration;
  /**
   * A complete lifecycle policy in ECR's own form. It overrides `LifecycleRules`, `ExpireUntaggedAfterDays`, `MaxImageCount`, `ExpireAllImagesAfterDays`, `ProtectedTags` and the profile's rules.
   *
   * @default - none
   */
  readonly lifecyclePolicy?: LifecyclePolicy;
  /**
   * Which images expire or are archived, in the order of priority: the first rule that matches an image determines what happens to it. Rules with the tag status `any` are put last, as ECR requires. The profile's rules are added; a rule for the same images in standard storage (untagged images, all images, or the same tags) replaces the profile's rule.
   *
   * @default - none
   */
  readonly lifecycleRules?: LifecycleRule[];
  /**
   * Untagged images expire this many days after push. `Never` removes the profile's rule.
   *
   * @default - by `Profile`
   */
  readonly expireUntaggedAfterDays?: number | string;
  /**
   * The number of images to keep. The newest ones are kept; the others expire, unless `ProtectedTags` or an earlier rule applies to them. You cannot specify this together with a number of days in `ExpireAllImagesAfterDays`, because ECR accepts only one rule for all images.
   *
   * @default - none
   */
  readonly maxImageCount?: number;
  /**
   * Every image, tagged or not, expires this many days after push. `Never` removes the profile's rule. You cannot specify a number of days together with `MaxImageCount`.
   *
   * @default - by `Profile`
   */
  readonly expireAllImagesAfterDays?: number | string;
  /**
   * Images with a tag that matches one of these patterns are never expired or archived by the other rules. People can still archive or delete them manually, and an image that loses its tag is no longer protected.
   *
   * @default - none
   */
  readonly protectedTags?: string[];
  /**
   * Who can pull, push or delete images, or read information about them. The provider writes the statements of the repository policy. A principal of another account also needs permissions in its own account. Everyone who uses `docker` also needs `ecr:GetAuthorizationToken` in their own IAM policy.
   *
   * @default - none
   */
  readonly access?: Access;
  /**
   * A repository policy document, as an object or as JSON text. It is merged with `Access`; each `Sid` must be unique. The statement that the Lambda service adds (`LambdaECRImageRetrievalPolicy`) is kept, unless the template has a statement with this `Sid`.
   *
   * @default - none
   */
  readonly repositoryPolicyText?: any;
  /**
   * Whether deleting the resource also deletes the images in the repository. With `false`, the deletion of a repository that contains images fails. With `true`, it fails too if the provider's guardrail `AllowEmptyOnDelete` is `false`. An update that moves a resource back to a repository that it had before, and that `UpdateReplacePolicy` retained, is an exception: its rollback deletes no images.
   *
   * @default - `false`
   */
  readonly emptyOnDelete?: boolean;
  /**
   * Whether an existing repository with this name is taken over. Taking it over changes only the provider's own tags: what the template states must match the repository, and what it does not state stays as it is. If the template states `Profile`, the profile's values count as stated, except its encryption. If the template no longer states a setting, the setting returns to the value that it had before the template last changed it, which is not always the value at the take-over; if this value is a tag mutability with exclusion filters, the setting stays as it is instead. To keep a value, continue to state it. If the template no longer states a policy, the policy is removed, even if the repository already had it when it was taken over. A setting or policy that others have changed since stays as it is. So does a policy that others wrote, if the template first stated it in the update immediately before, and not when it took the repository over. If this is `true` when the resource is deleted, an adopted repository is released instead of deleted: the provider removes its own tags and keeps everything else. The provider's guardrail `AllowAdoption` must be `true`. It is not needed if the repository belongs to another resource of the same stack, for example after you rename the logical ID. If the stack created that repository, state the same properties as under the old logical ID, because defaults count as well, and its name, because a generated name depends on the logical ID; the repository is then deleted, and not released, when the resource is deleted. If `DeletionPolicy` or `UpdateReplacePolicy` retained it under the old logical ID, it is deleted only after the first update of the new resource; until then, a deletion gives it back to the old logical ID.
   *
   * @default - `false`
   */
  readonly adoptExisting?: boolean;
}

/**
 * ImageTagMutabilityExclusionFilter of Custom::EcrRepo.
 */
export interface ImageTagMutabilityExclusionFilter {
  /**
   * The type of the filter.
   */
  readonly imageTagMutabilityExclusionFilterType: ImageTagMutabilityExclusionFilterType;
  /**
   * The tags that are exceptions. `*` matches any characters.
   */
  readonly imageTagMutabilityExclusionFilterValue: string;
}

/**
 * ImageScanningConfiguration of Custom::EcrRepo.
 */
export interface ImageScanningConfiguration {
  /**
   * Whether an image is scanned when it is pushed. If the registry uses enhanced scanning, ECR ignores this setting.
   *
   * @default - by `Profile`
   */
  readonly scanOnPush?: boolean;
}

/**
 * EncryptionConfiguration of Custom::EcrRepo.
 */
export interface EncryptionConfiguration {
  /**
   * `AES256`: keys that Amazon S3 manages. `KMS`: a key of AWS KMS. `KMS_DSSE`: two layers of encryption with a KMS key, in Regions where ECR offers it.
   *
   * @default - `KMS` if `KmsKey` is stated, otherwise by `Profile`
   */
  readonly encryptionType?: EncryptionType;
  /**
   * The ID, ARN or alias of a key in the repository's Region. If you don't specify a key, `KMS` and `KMS_DSSE` use the AWS managed key `aws/ecr`.
   *
   * @default - none
   */
  readonly kmsKey?: string;
}

/**
 * LifecyclePolicy of Custom::EcrRepo.
 */
export interface LifecyclePolicy {
  /**
   * The policy, as an object or as JSON text. Without white space between its elements, it can have at most 30,720 characters.
   */
  readonly lifecyclePolicyText: any;
  /**
   * The account of the registry. It must be the provider's account.
   *
   * @default - none
   */
  readonly registryId?: string;
}

/**
 * LifecycleRule of Custom::EcrRepo.
 */
export interface LifecycleRule {
  /**
   * The purpose of the rule, which ECR shows.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * The images to which the rule applies.
   *
   * @default - `tagged` with one of the tag lists, else `any`
   */
  readonly tagStatus?: TagStatus;
  /**
   * Images whose tags begin with these prefixes. An image must have a tag for *each* prefix. To create a separate rule for each prefix, use `ForEachTagPattern` (`v*` for the prefix `v`). You can specify at most one of the three tag lists.
   *
   * @default - none
   */
  readonly tagPrefixList?: string[];
  /**
   * Images whose tags match these patterns. An image must have a tag for *each* pattern. To create a separate rule for each pattern, use `ForEachTagPattern`.
   *
   * @default - none
   */
  readonly tagPatternList?: string[];
  /**
   * Creates one rule for each of these patterns, as in "the newest ten of each".
   *
   * @default - none
   */
  readonly forEachTagPattern?: string[];
  /**
   * The number of images to keep: of the images that match the rule, the newest ones. Each rule requires exactly one of the four limits `MaxImageCount`, `MaxImageAgeDays`, `DaysSinceLastPull` and `DaysSinceArchived`.
   *
   * @default - none
   */
  readonly maxImageCount?: number;
  /**
   * The rule acts on images that were pushed more than this many days ago.
   *
   * @default - none
   */
  readonly maxImageAgeDays?: number;
  /**
   * The rule archives images that nobody has pulled for this many days. ECR does not expire images by their last pull.
   *
   * @default - none
   */
  readonly daysSinceLastPull?: number;
  /**
   * The rule expires images that were archived at least this many days ago.
   *
   * @default - none
   */
  readonly daysSinceArchived?: number;
  /**
   * The storage class of the images.
   *
   * @default - `Archive` with `DaysSinceArchived`, else `Standard`
   */
  readonly storageClass?: StorageClass;
  /**
   * What the rule does with the images: `Expire` deletes them, `Archive` moves them to the archive storage class.
   *
   * @default - `Archive` with `DaysSinceLastPull`, else `Expire`
   */
  readonly action?: LifecycleAction;
}

/**
 * Access of Custom::EcrRepo.
 */
export interface Access {
  /**
   * Who can pull images.
   *
   * @default - none
   */
  readonly pull?: PullAccess;
  /**
   * Who can push images. This includes pulling, which a push needs, but not deleting.
   *
   * @default - none
   */
  readonly push?: Grantees;
  /**
   * Who can list and delete images. This does not include deleting the repository.
   *
   * @default - none
   */
  readonly delete?: Grantees;
  /**
   * Who can list and describe images, and read scan findings and the policies of the repository. This does not include pulling.
   *
   * @default - none
   */
  readonly read?: Grantees;
  /**
   * Accounts whose Lambda functions run from images of this repository.
   *
   * @default - none
   */
  readonly lambda?: LambdaAccess;
  /**
   * Accounts that can pull from this repository, which a pull-through cache rule fills. Their pulls can import images from the upstream registry.
   *
   * @default - none
   */
  readonly pullThroughCache?: PullThroughCacheAccess;
}

/**
 * PullAccess of Custom::EcrRepo.
 */
export interface PullAccess {
  /**
   * Whole accounts. Their administrators decide which of their users and roles have access.
   *
   * @default - none
   */
  readonly accountIds?: string[];
  /**
   * Users, roles and accounts, by their ARNs. They must exist.
   *
   * @default - none
   */
  readonly principalArns?: string[];
  /**
   * Every account in these organizations of AWS Organizations.
   *
   * @default - none
   */
  readonly organizationIds?: string[];
  /**
   * The accounts in these organizational units, given by their paths, such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*`. With `/*` at the end, the units below are included; with `/ou-*` at the end, only the units below; with `/` at the end, only the accounts directly in the unit.
   *
   * @default - none
   */
  readonly organizationPaths?: string[];
  /**
   * AWS services that pull images for the accounts in `AccountIds`. If you specify `Services`, `AccountIds` is required. A condition on `aws:SourceAccount` limits the services to these accounts. For Lambda functions, use `Access.Lambda`.
   *
   * @default - none
   */
  readonly services?: string[];
}

/**
 * Grantees of Custom::EcrRepo.
 */
export interface Grantees {
  /**
   * Whole accounts. Their administrators decide which of their users and roles have access.
   *
   * @default - none
   */
  readonly accountIds?: string[];
  /**
   * Users, roles and accounts, by their ARNs. They must exist.
   *
   * @default - none
   */
  readonly principalArns?: string[];
  /**
   * Every account in these organizations of AWS Organizations.
   *
   * @default - none
   */
  readonly organizationIds?: string[];
  /**
   * The accounts in these organizational units, given by their paths, such as `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*`. With `/*` at the end, the units below are included; with `/ou-*` at the end, only the units below; with `/` at the end, only the accounts directly in the unit.
   *
   * @default - none
   */
  readonly organizationPaths?: string[];
}

/**
 * LambdaAccess of Custom::EcrRepo.
 */
export interface LambdaAccess {
  /**
   * The accounts of the functions.
   */
  readonly accountIds: string[];
}

/**
 * PullThroughCacheAccess of Custom::EcrRepo.
 */
export interface PullThroughCacheAccess {
  /**
   * The accounts that can import images from the upstream registry.
   */
  readonly accountIds: string[];
  /**
   * This repository gets the grant only if its `RepositoryName` begins with one of these prefixes. If you specify `RepositoryPrefixes`, `RepositoryName` is required. A `*` at the end of a prefix has no effect.
   *
   * @default - none
   */
  readonly repositoryPrefixes?: string[];
}
