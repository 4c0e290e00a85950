import * as iam from 'aws-cdk-lib/aws-iam';
import { Access, Grantees } from './properties';

/** What CDK's `grantPull`, `grantPush` and `grantRead` allow, as `Access` names it. */
const KINDS: [string[], 'pull' | 'push' | 'read'][] = [
  [['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'], 'pull'],
  [['ecr:CompleteLayerUpload', 'ecr:UploadLayerPart', 'ecr:InitiateLayerUpload', 'ecr:BatchCheckLayerAvailability', 'ecr:PutImage'], 'push'],
  [['ecr:DescribeRepositories', 'ecr:DescribeImages'], 'read'],
];

/** Collects whom the construct's user gives access, in its properties and by CDK's grants. */
export class Grants {
  private readonly granted: { kind: 'pull' | 'push' | 'read'; member: keyof Grantees; value: string }[] = [];
  private readonly statements: iam.PolicyStatement[] = [];

  constructor(
    private readonly stated: Access | undefined,
    private readonly document: any,
  ) {}

  public add(statement: iam.PolicyStatement): void {
    const kind = kindOf(statement);
    const found = statement.principals.map(granteeOf);
    if (!kind || found.includes(undefined)) {
      this.statements.push(statement);
      return;
    }
    for (const each of found) {
      this.granted.push({ kind, ...each! });
    }
  }

  public access(): Access | undefined {
    const merged: { [kind: string]: { [member: string]: string[] } } = { ...(this.stated as any) };
    for (const { kind, member, value } of this.granted) {
      const before = merged[kind]?.[member] ?? [];
      merged[kind] = { ...merged[kind], [member]: before.includes(value) ? before : [...before, value] };
    }
    return Object.keys(merged).length > 0 ? (merged as Access) : undefined;
  }

  public policy(): any {
    if (this.statements.length === 0) {
      return this.document;
    }
    if (typeof this.document === 'string') {
      throw new Error('CDK adds a statement to the repository policy: give repositoryPolicyText as an object, not as text.');
    }
    const own = this.document?.Statement ?? [];
    return {
      Version: '2012-10-17',
      ...this.document,
      Statement: [...(Array.isArray(own) ? own : [own]), ...this.statements.map((each) => each.toStatementJson())],
    };
  }
}

function kindOf(statement: iam.PolicyStatement): 'pull' | 'push' | 'read' | undefined {
  if (statement.effect !== iam.Effect.ALLOW || statement.sid || statement.notActions.length > 0 || !ownsNoCondition(statement)) {
    return undefined;
  }
  const actions = [...statement.actions].sort().join();
  return KINDS.find(([named]) => [...named].sort().join() === actions)?.[1];
}

/** Whether the statement's conditions are none but those that its principal brings, which is an organization then. */
function ownsNoCondition(statement: iam.PolicyStatement): boolean {
  const [first, ...others] = statement.principals;
  const brought = first instanceof iam.OrganizationPrincipal && others.length === 0 ? first.policyFragment.conditions : {};
  return JSON.stringify(statement.conditions) === JSON.stringify(brought);
}

function granteeOf(principal: iam.IPrincipal): { member: keyof Grantees; value: string } | undefined {
  if (principal instanceof iam.OrganizationPrincipal) {
    return { member: 'organizationIds', value: principal.organizationId };
  }
  if (principal instanceof iam.AccountPrincipal) {
    return { member: 'accountIds', value: principal.accountId };
  }
  const { principalJson, conditions } = principal.policyFragment;
  const arns = principalJson.AWS;
  if (Object.keys(principalJson).join() !== 'AWS' || Object.keys(conditions).length > 0 || arns.length !== 1 || arns[0] === '*') {
    return undefined;
  }
  return { member: 'principalArns', value: arns[0] };
}
