// A provider as it is commonly written for Node: AWS SDK v3, bundled by esbuild, no safeguards.
import {
  CreateRepositoryCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import http from 'node:http';
import https from 'node:https';

const ecr = new ECRClient({ endpoint: process.env.AWS_ENDPOINT_URL_ECR, maxAttempts: 8 });

export async function handler(event) {
  let answer;
  try {
    answer = { Status: 'SUCCESS', ...(await create(event)) };
  } catch (error) {
    answer = { Status: 'FAILED', PhysicalResourceId: 'failed', Reason: String(error) };
  }
  const { StackId, RequestId, LogicalResourceId } = event;
  const status = await put(event.ResponseURL, JSON.stringify({ ...answer, StackId, RequestId, LogicalResourceId }));
  console.log(JSON.stringify({ status, answer: answer.Status }));
}

async function create(event) {
  const wanted = event.ResourceProperties;
  const name = wanted.RepositoryName;
  const owner = {
    'ecrrepo:managed-by': 'Custom::EcrRepo',
    'ecrrepo:stack-id': event.StackId,
    'ecrrepo:logical-id': event.LogicalResourceId,
    'ecrrepo:created-by': event.RequestId,
  };
  const { repository } = await ecr.send(
    new CreateRepositoryCommand({
      repositoryName: name,
      imageTagMutability: wanted.ImageTagMutability,
      imageScanningConfiguration: { scanOnPush: wanted.ImageScanningConfiguration.ScanOnPush === 'true' },
      encryptionConfiguration: { encryptionType: 'AES256' },
      tags: [...wanted.Tags, ...Object.entries(owner).map(([Key, Value]) => ({ Key, Value }))],
    }),
  );
  await Promise.all([
    ecr.send(
      new PutLifecyclePolicyCommand({
        repositoryName: name,
        lifecyclePolicyText: JSON.stringify(wanted.LifecyclePolicy.LifecyclePolicyText),
      }),
    ),
    ecr.send(
      new SetRepositoryPolicyCommand({ repositoryName: name, policyText: JSON.stringify(wanted.RepositoryPolicyText) }),
    ),
  ]);
  return { PhysicalResourceId: name, Data: attributes(name, repository) };
}

function attributes(name, made) {
  const region = made.repositoryArn.split(':')[3];
  const source = ['aws.ecr', 'aws.inspector2'];
  const completed = {
    source,
    resources: [made.repositoryArn],
    detail: { 'scan-status': ['COMPLETE', 'INITIAL_SCAN_COMPLETE'] },
  };
  const counted = {
    'scan-status': ['COMPLETE'],
    'repository-name': [name],
    'finding-severity-counts': { CRITICAL: [{ numeric: ['>', 0] }] },
  };
  const finding = {
    severity: ['CRITICAL'],
    status: ['ACTIVE'],
    resources: { details: { awsEcrContainerImage: { repositoryName: [name] } } },
  };
  const critical = { source, detail: { $or: [counted, finding] } };
  return {
    RepositoryUri: made.repositoryUri,
    RepositoryUrl: made.repositoryUri,
    Arn: made.repositoryArn,
    RepositoryName: name,
    RegistryId: made.registryId,
    RegistryUri: made.repositoryUri.split('/')[0],
    DualStackUri: `${made.registryId}.dkr-ecr.${region}.on.aws/${name}`,
    EncryptionType: made.encryptionConfiguration.encryptionType,
    KmsKey: made.encryptionConfiguration.kmsKey ?? '',
    ImageScanCompletedEventPattern: JSON.stringify(completed),
    CriticalFindingEventPattern: JSON.stringify(critical),
  };
}

function put(url, body) {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith('https:') ? https : http).request(
      url,
      { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } },
      (response) => response.resume().on('end', () => resolve(response.statusCode)),
    );
    request.on('error', reject);
    request.end(body);
  });
}
