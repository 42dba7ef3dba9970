import { createPace } from '../kernels';
import type { Keep, RunningLayer } from '../layers';
import type { Network } from '../network';
import { Tensor, type LazyTensor } from '../tensor';

/** A layer that takes an output, and as which of its inputs. */
interface User {
  readonly layer: number;
  readonly slot: number;
}

/** For each of the first `runnable` layers who takes its output, in the order of the layers. */
function usersOf({ layers }: Network, runnable: number): readonly (readonly User[])[] {
  const running = layers.slice(0, runnable);
  const positions = new Map(running.map(({ name }, index) => [name, index]));
  const users = running.map((): User[] => []);
  running.forEach(({ from }, layer) => {
    from.forEach((name, slot) => {
      const source = positions.get(name);
      if (source !== undefined) users[source].push({ layer, slot });
    });
  });
  return users;
}

/** What gradients are put together from. */
interface Running {
  readonly network: Network;
  readonly runnable: number;
  readonly keep: Keep;
  layer(index: number): RunningLayer;
  isKept(tensor: LazyTensor): boolean;
}

/**
 * The gradients of the loss with respect to the layers' outputs, by position: the sum of what the users of an output
 * pass back. Where there is none, it is 1 everywhere for a loss and at the end of the network, else 0.
 */
export function outputGradients(run: Running): (index: number, out: LazyTensor) => LazyTensor {
  const { network, runnable, keep, layer, isKept } = run;
  const users = usersOf(network, runnable);
  const gradients = new Map<number, LazyTensor>();

  const passedBack = (index: number): LazyTensor[] =>
    users[index].map(user => layer(user.layer).dx[user.slot]);

  const sum = (index: number, { shape, dtype }: LazyTensor): LazyTensor => {
    const isEnd = index === runnable - 1 || network.layers[index].type === 'softmaxWithLoss';
    return keep({ dout: { shape, dtype } }, async signal => {
      const parts = await Promise.all(passedBack(index).map(part => part.get(signal)));
      if (parts.length === 0) return { dout: Tensor.full(shape, isEnd ? 1 : 0, dtype) };
      return { dout: addUp(parts) };
    }).dout;
  };

  /**
   * Computes the gradients that the one at `index` needs one by one from the end. If each waited for the next, all would
   * hold what they have got already, however small the budget.
   */
  const bring = async (index: number, signal?: AbortSignal): Promise<void> => {
    const needed = new Set<number>();
    const open = [index];
    const pace = createPace();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const user of users[at]) {
        if (needed.has(user.layer) || isKept(layer(user.layer).dx[user.slot])) continue;
        needed.add(user.layer);
        open.push(user.layer);
      }
    }
    for (const user of [...needed].sort((a, b) => b - a)) {
      await pace(signal);
      await gradients.get(user)?.get(signal);
    }
  };

  return (index, out) => {
    const { shape, dtype } = out;
    // A single user's is passed on as it is.
    const own = users[index].length === 1 ? undefined : sum(index, out);
    const gradient = {
      shape,
      dtype,
      get: (signal?: AbortSignal) => (own ?? passedBack(index)[0]).get(signal),
    };
    gradients.set(index, gradient);
    return {
      shape,
      dtype,
      get: async signal => {
        await bring(index, signal);
        return gradient.get(signal);
      },
    };
  };
}

/** The sum of tensors of one shape, in float64 and rounded once. */
function addUp(parts: readonly Tensor[]): Tensor {
  const [{ shape, dtype, size }] = parts;
  const sums = new Float64Array(size);
  for (const part of parts) {
    const values = part.numbers();
    for (let i = 0; i < size; i++) sums[i] += values[i];
  }
  return Tensor.from(sums, shape, dtype);
}
