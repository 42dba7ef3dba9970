/**
 * VS Code carries messages between the extension and a webview as JSON (array buffers apart), and JSON has no NaN and
 * no infinities: they would arrive as null. They travel as `{ notFinite: 'NaN' }` instead.
 */
interface NotFinite {
  readonly notFinite: string;
}

/** A copy of a message in which no number is lost as JSON. */
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
  if (Array.isArray(value)) return value.map(map);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, map(field)]));
}
