import { Tokenization } from 'aws-cdk-lib';

/** Policy documents keep their own names. */
const DOCUMENTS = ['lifecyclePolicyText', 'repositoryPolicyText'];

/** The value with every name at every depth as CloudFormation has it: `expireUntaggedAfterDays` is `ExpireUntaggedAfterDays`. */
export function capitalized(value: any): any {
  if (Array.isArray(value)) {
    return value.map(capitalized);
  }
  // A token that CDK resolves later stays as it is.
  if (value === null || typeof value !== 'object' || Tokenization.isResolvable(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.charAt(0).toUpperCase() + name.slice(1),
      DOCUMENTS.includes(name) ? each : capitalized(each),
    ]),
  );
}
