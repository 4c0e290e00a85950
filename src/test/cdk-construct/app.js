// Writes the templates of the apps that test_cdk.py runs: node app.js <folder of the construct> <folder for the templates>
const { writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');

const [construct, target] = process.argv.slice(2).map((each) => resolve(each));
const load = createRequire(join(construct, 'package.json'));
const cdk = load('aws-cdk-lib');
const iam = load('aws-cdk-lib/aws-iam');
const events = load('aws-cdk-lib/aws-events');
const { EcrRepo, RepositoryProfile, StorageClass } = load('./lib/index.js');

function write(name, build) {
  const stack = new cdk.Stack(new cdk.App({ analyticsReporting: false }), name, { synthesizer: new cdk.LegacyStackSynthesizer() });
  build(stack);
  const template = cdk.App.of(stack).synth().getStackByName(name).template;
  // Of cdk deploy, which looks for it; nothing here does.
  delete template.Rules;
  delete template.Parameters;
  writeFileSync(join(target, `${name}.json`), JSON.stringify(template, null, 2));
}

write('minimal', (stack) => new EcrRepo(stack, 'Repository'));

write('properties', (stack) => {
  const repository = new EcrRepo(stack, 'Repository', {
    repositoryName: 'shop/checkout',
    profile: RepositoryProfile.PRODUCTION,
    protectedTags: ['release-*'],
    expireUntaggedAfterDays: 7,
    lifecycleRules: [{ description: 'few', forEachTagPattern: ['v*', 'w*'], maxImageCount: 10, storageClass: StorageClass.STANDARD }],
    imageScanningConfiguration: { scanOnPush: true },
    access: { pull: { accountIds: ['111122223333'] }, lambda: { accountIds: ['111122223333'] } },
    repositoryPolicyText: {
      Version: '2012-10-17',
      Statement: [{ Sid: 'Own', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::777788889999:root' }, Action: ['ecr:ListImages'] }],
    },
    removalPolicy: cdk.RemovalPolicy.DESTROY,
    serviceTimeout: cdk.Duration.minutes(20),
    tags: [{ key: 'cost', value: '1' }],
  });
  cdk.Tags.of(stack).add('team', 'payments');
  new cdk.CfnOutput(stack, 'Uri', { value: repository.repositoryUri });
  new cdk.CfnOutput(stack, 'Tagged', { value: repository.repositoryUriForTag('v1') });
});

write('grants', (stack) => {
  const repository = new EcrRepo(stack, 'Repository', {
    repositoryName: 'shop/granted',
    serviceToken: 'arn:aws:lambda:us-east-1:123456789012:function:custom-ecrrepo',
    access: { pull: { accountIds: ['111122223333'] } },
  });
  repository.grantPull(new iam.AccountPrincipal('444455556666'));
  repository.grantPull(new iam.AccountPrincipal('444455556666'));
  repository.grantPush(new iam.ArnPrincipal('arn:aws:iam::444455556666:role/ci'));
  repository.grantRead(new iam.OrganizationPrincipal('o-a1b2c3d4e5'));
  repository.grant(new iam.AccountPrincipal('555566667777'), 'ecr:ListImages');
  repository.grantPull(new iam.AccountPrincipal('666677778888').withConditions({ StringEquals: { 'aws:PrincipalTag/a': 'b' } }));
  repository.grantPullPush(new iam.Role(stack, 'Own', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') }));
  repository.onImageScanCompleted('Scanned', { eventPattern: { account: [stack.account] } });
  if (!(events.Rule && repository.node)) throw new Error('no construct');
});
