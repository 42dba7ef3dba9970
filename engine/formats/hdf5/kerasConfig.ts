import type { Metadata } from '../tensorFile';

/** Layers that are shown. */
const MAX_LAYERS = 2000;

/**
 * What Keras writes of a network, `{"class_name", "config": {"name", "layers"}}`, as its layers' names and classes. Keras 1
 * has the list of layers itself as the config of a Sequential.
 * @returns undefined if `json` is something else
 */
export function kerasConfig(json: string): Metadata | undefined {
  const model = parseObject(json);
  const className = text(model?.class_name);
  if (!model || className === undefined) return undefined;
  const config = record(model.config);
  const layers = Array.isArray(model.config) ? (model.config as unknown[]) : config?.layers;
  const shown = (Array.isArray(layers) ? (layers as unknown[]) : []).slice(0, MAX_LAYERS);
  return {
    name: text(config?.name) ?? 'model',
    value: className,
    children: shown.map((layer, i) => {
      const { class_name, config, name } = record(layer) ?? {};
      return { name: text(record(config)?.name) ?? text(name) ?? String(i), value: text(class_name) ?? '' };
    }),
  };
}

/** The values of a JSON object that are texts or numbers. */
export function plainValues(json: string): Metadata[] {
  return Object.entries(parseObject(json) ?? {})
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => ({ name, value: String(value) }));
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    return record(JSON.parse(json));
  } catch {
    return undefined; // it is shown as text then
  }
}

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
