import assert from 'node:assert/strict';
import type { LazyTensor, Tensor } from '../../../../engine/tensor';
import type { Keep, LayerOperands, RunningLayer, StartLayer } from '../../../../engine/layers';

/** What a layer is started on in a test. */
export interface Given {
  readonly inputs: readonly Tensor[];
  readonly parameters?: Readonly<Record<string, Tensor>>;
  readonly dout: Tensor;
}

/** A layer, and which tensors it has asked for or computed so far. */
export interface Started {
  readonly layer: RunningLayer;
  readonly asked: ReadonlySet<string>;
}

/** Starts a layer on tensors in memory, with a store that forgets nothing. */
export function start<Attributes>(
  startLayer: StartLayer<Attributes>,
  attributes: Attributes,
  { inputs, parameters = {}, dout }: Given,
): Started {
  const asked = new Set<string>();
  const lazy = (name: string, tensor: Tensor): LazyTensor => ({
    shape: tensor.shape,
    dtype: tensor.dtype,
    get: () => {
      asked.add(name);
      return Promise.resolve(tensor);
    },
  });
  const keep: Keep = (forms, make) => {
    let made: ReturnType<typeof make> | undefined;
    const names = Object.keys(forms) as (keyof typeof forms)[];
    const kept = names.map(name => {
      const { shape, dtype } = forms[name];
      const get: LazyTensor['get'] = async signal => {
        asked.add(name);
        const tensor = (await (made ??= make(signal)))[name];
        assert.deepEqual([tensor.shape, tensor.dtype], [shape, dtype], `form of ${name}`);
        return tensor;
      };
      return [name, { shape, dtype, get }] as const;
    });
    return Object.fromEntries(kept) as Record<keyof typeof forms, LazyTensor>;
  };
  const operands: LayerOperands = {
    inputs: inputs.map((input, i) => lazy(inputs.length === 1 ? 'x' : `x${i}`, input)),
    parameters: Object.fromEntries(Object.entries(parameters).map(([role, W]) => [role, lazy(role, W)])),
    dout: lazy('dout', dout),
  };
  return { layer: startLayer('layer', attributes, operands, keep), asked };
}
