// The least that serves Lambda's runtime API: AWS's own client for Node compiles C++ when it is installed.
import { handler } from './handler.mjs';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

for (;;) {
  const next = await fetch(`${api}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  try {
    const result = await handler(await next.json());
    await fetch(`${api}/${id}/response`, { method: 'POST', body: JSON.stringify(result ?? null) });
  } catch (error) {
    await fetch(`${api}/${id}/error`, { method: 'POST', body: JSON.stringify({ errorMessage: String(error) }) });
  }
}
