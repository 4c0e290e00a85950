// An evaluator of IAM policies for the tests: who may do what, by somebody else's reading of IAM's
// rules (@cloud-copilot/iam-simulate), so that policies are judged by their outcome.
//
// Install: npm ci --prefix src/test/node      Run: node src/test/node/iam-evaluator.mjs
//
// One JSON request a line on stdin, one JSON answer a line on stdout, in the same order; ends with
// stdin. A request:
//   principal         ARN of a role, user, session or root; a service ("lambda.amazonaws.com");
//                     null for an anonymous caller
//   action            "ecr:BatchGetImage"
//   resource          ARN, or "*" for an action that takes no resource
//   resourceAccount   whose the resource is; from the ARN where that names an account
//   context           condition keys to values (string or list); optional. aws:PrincipalArn and
//                     aws:PrincipalAccount are filled in from the principal, unless given
//   identityPolicies  documents attached to the principal; optional
//   resourcePolicy    the resource's own document; optional
//   permissionBoundaries  documents; optional
// An answer:
//   {"decision": "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied"}
//   {"error": "…"} for a request or a policy that IAM would refuse, and for a context key that the
//   action does not have (it would be left out of the decision, and the test would show nothing)

import { createInterface } from 'node:readline'
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate'

const named = (documents, kind) =>
  (documents ?? []).map((policy, i) => ({ name: `${kind}-${i + 1}`, policy }))

const accountOf = (arn) => arn?.split(':')[4] ?? ''

async function decide(request) {
  const { principal, action, resource } = request
  const filled = {}
  if (principal?.startsWith('arn:')) {
    filled['aws:PrincipalArn'] = principal
    filled['aws:PrincipalAccount'] = accountOf(principal)
  }
  const context = { ...filled, ...request.context }
  const result = await runSimulation(
    {
      request: {
        principal: principal ?? anonymousPrincipal,
        action,
        resource: {
          resource,
          accountId: request.resourceAccount ?? (accountOf(resource) || accountOf(principal))
        },
        contextVariables: context
      },
      identityPolicies: named(request.identityPolicies, 'identity'),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: request.resourcePolicy ?? undefined,
      permissionBoundaryPolicies: request.permissionBoundaries
        ? named(request.permissionBoundaries, 'boundary')
        : undefined
    },
    { simulationMode: 'Strict' }
  )
  if (result.resultType === 'error') {
    return { error: JSON.stringify(result.errors) }
  }
  const ignored = (result.result ?? result.results[0])?.ignoredContextKeys ?? []
  const unknown = ignored.filter((key) => key in (request.context ?? {}))
  if (unknown.length > 0) {
    return { error: `${action} has no condition key ${unknown.join(', ')}` }
  }
  return { decision: result.overallResult }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim() === '') continue
  let answer
  try {
    answer = await decide(JSON.parse(line))
  } catch (e) {
    answer = { error: String(e) }
  }
  process.stdout.write(JSON.stringify(answer) + '\n')
}
