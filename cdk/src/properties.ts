// Made from schema/custom-ecrrepo.json by make_properties.py.

/**
 * A set of defaults for what the other properties do not state; any of them that is stated wins. `Production` protects tags and keeps every tagged image; `Development` lets tags move and expires every image 14 days after it was pushed; `SharedRegistry` encrypts with KMS and keeps the newest ten `v*` and the newest ten `release*` images; `Native` has the defaults of `AWS::ECR::Repository`. The table below has all of their values.
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
 * Whether a tag that was pushed may be pushed again for another image. With `*_WITH_EXCLUSION` the tags that match `ImageTagMutabilityExclusionFilters` are the exception.
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
 * How the value is read.
 */
export enum ImageTagMutabilityExclusionFilterType {
  /** `WILDCARD` */
  WILDCARD = 'WILDCARD',
}

/**
 * `AES256`: keys that ECR manages. `KMS`: a key of AWS KMS. `KMS_DSSE`: two layers of encryption with a KMS key, where ECR offers it.
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
 * Which images the rule is for.
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
 * Where the rule looks for images.
 */
export enum StorageClass {
  /** `Standard` */
  STANDARD = 'Standard',
  /** `Archive` */
  ARCHIVE = 'Archive',
}

/**
 * What happens to the images that the rule takes: `Expire` deletes them, `Archive` moves them to the archive storage class.
 */
export enum LifecycleAction {
  /** `Expire` */
  EXPIRE = 'Expire',
  /** `Archive` */
  ARCHIVE = 'Archive',
}

/**
 * Creates and keeps a private Amazon ECR repository: secure by default, with lifecycle rules and access grants that need no JSON. The properties of `AWS::ECR::Repository` work here unchanged; a property that is removed goes back to its default. Every fault in the properties is reported at once, before anything is changed.
 */
export interface EcrRepoProperties {
  /**
   * The name of the repository, with its namespaces: `team/app`. Without it a name is made from the stack's name, the logical ID and a hash, and stays the same for the resource's whole life.
   *
   * @default - none
   */
  readonly repositoryName?: string;
  /**
   * A set of defaults for what the other properties do not state; any of them that is stated wins. `Production` protects tags and keeps every tagged image; `Development` lets tags move and expires every image 14 days after it was pushed; `SharedRegistry` encrypts with KMS and keeps the newest ten `v*` and the newest ten `release*` images; `Native` has the defaults of `AWS::ECR::Repository`. The table below has all of their values.
   *
   * @default - `"Production"`
   */
  readonly profile?: RepositoryProfile;
  /**
   * Whether a tag that was pushed may be pushed again for another image. With `*_WITH_EXCLUSION` the tags that match `ImageTagMutabilityExclusionFilters` are the exception.
   *
   * @default - by `Profile`
   */
  readonly imageTagMutability?: ImageTagMutability;
  /**
   * The tags that are the exception to `ImageTagMutability`. Required with `IMMUTABLE_WITH_EXCLUSION` and `MUTABLE_WITH_EXCLUSION`, not allowed without.
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
   * How images are encrypted at rest. ECR fixes this when the repository is created: an update to another encryption fails before anything is changed, and says what to do. The profile's value counts only at creation.
   *
   * @default - by `Profile`
   */
  readonly encryptionConfiguration?: EncryptionConfiguration;
  /**
   * A complete lifecycle policy in ECR's own words. It overrides `LifecycleRules`, `ExpireUntaggedAfterDays`, `MaxImageCount`, `ExpireAllImagesAfterDays`, `ProtectedTags` and the profile's rules.
   *
   * @default - none
   */
  readonly lifecyclePolicy?: LifecyclePolicy;
  /**
   * Which images expire or are archived, in the order of priority: the first rule that matches an image decides about it. Rules with the tag status `any` are put last, as ECR demands. The rules join those of the profile.
   *
   * @default - none
   */
  readonly lifecycleRules?: LifecycleRule[];
  /**
   * Untagged images expire this many days after they were pushed.
   *
   * @default - by `Profile`
   */
  readonly expireUntaggedAfterDays?: number | string;
  /**
   * Only the newest images, this many, are kept; all others expire. Not together with `ExpireAllImagesAfterDays`, for ECR takes one rule for all images.
   *
   * @default - none
   */
  readonly maxImageCount?: number;
  /**
   * Every image, tagged or not, expires this many days after it was pushed. Not together with `MaxImageCount`.
   *
   * @default - by `Profile`
   */
  readonly expireAllImagesAfterDays?: number | string;
  /**
   * Images that have a tag like one of these never expire and are never archived by the other rules. People may still archive or delete them by hand, and an image that loses its tag loses its protection.
   *
   * @default - none
   */
  readonly protectedTags?: string[];
  /**
   * Who may use the repository, by intention. It becomes statements of the repository policy; a principal of another account also needs permissions in its own account.
   *
   * @default - none
   */
  readonly access?: Access;
  /**
   * A repository policy document, as an object or as JSON text. It is merged with `Access`; no two statements may have the same `Sid`. The statement that the Lambda service writes itself (`LambdaECRImageRetrievalPolicy`) is always kept.
   *
   * @default - none
   */
  readonly repositoryPolicyText?: any;
  /**
   * Whether deleting the resource also deletes the images in the repository. With `false` the deletion of a repository that holds images fails.
   *
   * @default - `false`
   */
  readonly emptyOnDelete?: boolean;
  /**
   * Whether a repository of this name that exists already is taken over. Taking it over changes nothing of it: what the template states must be what the repository has, and what it does not state stays as it is. A setting that the template stated and no longer states returns to what it was before. Deleting the resource while this is `true` releases an adopted repository instead of deleting it. Unless the repository belongs to another resource of the same stack, whoever deployed the provider must allow adoption.
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
   * How the value is read.
   */
  readonly imageTagMutabilityExclusionFilterType: ImageTagMutabilityExclusionFilterType;
  /**
   * The tags that are the exception; `*` stands for any characters.
   */
  readonly imageTagMutabilityExclusionFilterValue: string;
}

/**
 * ImageScanningConfiguration of Custom::EcrRepo.
 */
export interface ImageScanningConfiguration {
  /**
   * Whether an image is scanned after it was pushed. Enhanced scanning, where the registry has it, overrides this.
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
   * `AES256`: keys that ECR manages. `KMS`: a key of AWS KMS. `KMS_DSSE`: two layers of encryption with a KMS key, where ECR offers it.
   *
   * @default - `KMS` with `KmsKey`, else by `Profile`
   */
  readonly encryptionType?: EncryptionType;
  /**
   * The ID, ARN or alias of a key in the repository's Region. Without it `KMS` uses the key `aws/ecr`.
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
   * The policy, as an object or as JSON text of 100 to 30,720 characters.
   */
  readonly lifecyclePolicyText: any;
  /**
   * The account of the registry: only the account that the provider runs in is possible.
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
   * What the rule is for; ECR shows it.
   *
   * @default - none
   */
  readonly description?: string;
  /**
   * Which images the rule is for.
   *
   * @default - `tagged` with one of the tag lists, else `any`
   */
  readonly tagStatus?: TagStatus;
  /**
   * Images whose tags begin with these. An image must have a tag for *each* of them; for one rule for each use `ForEachTagPattern`. At most one of the three tag lists is allowed.
   *
   * @default - none
   */
  readonly tagPrefixList?: string[];
  /**
   * Images whose tags match these patterns. An image must have a tag for *each* of them; for one rule for each use `ForEachTagPattern`.
   *
   * @default - none
   */
  readonly tagPatternList?: string[];
  /**
   * One rule for each of these patterns: "the newest ten of each".
   *
   * @default - none
   */
  readonly forEachTagPattern?: string[];
  /**
   * Of the rule's images the newest, this many, are kept. Exactly one of the four limits is required.
   *
   * @default - none
   */
  readonly maxImageCount?: number;
  /**
   * The rule takes images that were pushed more than this many days ago.
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
   * The rule expires images that were archived this many days ago.
   *
   * @default - none
   */
  readonly daysSinceArchived?: number;
  /**
   * Where the rule looks for images.
   *
   * @default - `Archive` with `DaysSinceArchived`, else `Standard`
   */
  readonly storageClass?: StorageClass;
  /**
   * What happens to the images that the rule takes: `Expire` deletes them, `Archive` moves them to the archive storage class.
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
   * Who may pull images.
   *
   * @default - none
   */
  readonly pull?: Grantees;
  /**
   * Who may push images; this includes reading back what a push checks, and nothing that deletes.
   *
   * @default - none
   */
  readonly push?: Grantees;
  /**
   * Who may list and describe images and read scan findings, without pulling.
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
   * Accounts that fill this repository through a pull-through cache.
   *
   * @default - none
   */
  readonly pullThroughCache?: PullThroughCacheAccess;
}

/**
 * Grantees of Custom::EcrRepo.
 */
export interface Grantees {
  /**
   * Whole accounts: their administrators decide who in them.
   *
   * @default - none
   */
  readonly accountIds?: string[];
  /**
   * Users and roles, by their ARNs. They must exist.
   *
   * @default - none
   */
  readonly principalArns?: string[];
  /**
   * Every account of these organizations of AWS Organizations.
   *
   * @default - none
   */
  readonly organizationIds?: string[];
  /**
   * Every account under these organizational units, by their paths.
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
   * The accounts that may import images from upstream.
   */
  readonly accountIds: string[];
  /**
   * Only for repositories whose names begin with these.
   *
   * @default - none
   */
  readonly repositoryPrefixes?: string[];
}
