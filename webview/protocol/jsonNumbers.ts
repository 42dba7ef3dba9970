/**
 * VS Code carries messages between the extension and a webview as JSON (array buffers apart), and JSON has no NaN and
 * no infinities: they would arrive as null. They travel as `{ notFinite: 'NaN' }` instead.
 */
interface NotFinite {
  readonly notFinite: string;
}

/** A message in which no number is lost as JSON: a copy, or the same where there is none to be lost. */
export function toJsonNumbers(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    return { notFinite: String(value) } satisfies NotFinite;
  return mapFields(value, toJsonNumbers);
}

/** The message as it was before {@link toJsonNumbers}. */
export function fromJsonNumbers(value: unknown): unknown {
  if (isNotFinite(value)) return Number(value.notFinite);
  return mapFields(value, fromJsonNumbers);
}

function isNotFinite(value: unknown): value is NotFinite {
  return typeof value === 'object' && value !== null && 'notFinite' in value;
}

function mapFields(value: unknown, map: (field: unknown) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
  // Lists of 50,000 arrays pass through here, and have hardly ever anything to change.
  let changed: Map<string, unknown> | undefined;
  for (const key of Object.keys(value)) {
    const field: unknown = Reflect.get(value, key);
    const mapped = map(field);
    if (mapped !== field) (changed ??= new Map<string, unknown>()).set(key, mapped);
  }
  if (!changed) return value;
  const entries = Object.entries(value).map(([key, field]: [string, unknown]): [string, unknown] => [
    key,
    changed.has(key) ? changed.get(key) : field,
  ]);
  return Array.isArray(value) ? entries.map(([, field]) => field) : Object.fromEntries(entries);
}
