import type { NetworkRun, StoredTensor } from '../../../engine';
import type { LayerSummary } from '../../../webview/protocol';

/**
 * The layers of a run as panels show them.
 * @param stored what the params files hold, by name
 */
export function layerSummaries(
  { network, analysis, runnable }: NetworkRun,
  stored: ReadonlyMap<string, StoredTensor>,
): LayerSummary[] {
  return network.layers.map(({ name, type, from, attributes, parameters }, i) => {
    const { inputs, out, parameterCount, macs, formulas, broken } = analysis.layers[i];
    return {
      name,
      type,
      from,
      attributes,
      inputs,
      parameters: Object.entries(parameters).map(([role, parameter]) => ({
        role,
        name: parameter,
        shape: stored.get(parameter)?.shape,
      })),
      out: i < runnable ? out : undefined,
      parameterCount,
      macs,
      formulas,
      broken,
    };
  });
}
