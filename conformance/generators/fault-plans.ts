import { runReference, type Fault, type LoadRequest, type ReferenceContext } from '../../reference/index.js';

/**
 * The calls that the reference makes for a request and that a fault can make fail, in their order.
 */
export function callsOf(request: LoadRequest, context: ReferenceContext = {}): readonly Fault[] {
  const counts = new Map<Fault['call'], number>();
  const calls: Fault[] = [];
  const told = (call: Fault['call']): void => {
    const occurrence = (counts.get(call) ?? 0) + 1;
    counts.set(call, occurrence);
    calls.push({ call, occurrence });
  };
  runReference(request, { ...context, told });
  return calls;
}

/** The request once for each call that it makes, with that call failing. */
export function failingOnce(request: LoadRequest, context: ReferenceContext = {}): readonly LoadRequest[] {
  return callsOf(request, context).map((call) => withFault(request, call));
}

/**
 * The request with each pair of calls failing: one that it makes, and one behind it that it makes
 * once the first has failed. So what a delegate does to recover fails, too.
 */
export function* failingTwice(request: LoadRequest, context: ReferenceContext = {}): Generator<LoadRequest> {
  for (const [at, first] of callsOf(request, context).entries()) {
    const failing = withFault(request, first);
    for (const second of callsOf(failing, context).slice(at + 1)) yield withFault(failing, second);
  }
}

/** The request with a load of each of its methods behind it, which no failure reaches. */
export function withCleanLoads(request: LoadRequest): LoadRequest {
  const methods = new Set(request.steps.flatMap((step) => (step.op === 'load' ? [step.method] : [])));
  const clean = [...methods].map((method) => ({ op: 'load', method, options: null }) as const);
  return { ...request, steps: [...request.steps, ...clean] };
}

function withFault(request: LoadRequest, fault: Fault): LoadRequest {
  const { device } = request;
  return { ...request, device: { ...device, faults: [...device.faults, fault] } };
}
