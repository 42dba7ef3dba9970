import { CancelledError, throwIfCancelled, UnsupportedError } from '../errors';
import { createPace } from '../kernels';
import { bytesInMemory, compactShape, formatBytes, sizeOf, type LazyTensor, type Tensor } from '../tensor';
import type { Keep, TensorForm } from './runningLayer';

/** Bytes of the largest tensor that is computed. A machine that has less free says so by itself. */
const MOST_BYTES = 2 ** 32;

/** Keeps computed tensors up to a number of bytes. */
export interface TensorStore {
  /**
   * Tensors that are made when one of them is first asked for, once for all who ask meanwhile, and again after they
   * had to make room. Making them stops when all who asked have given up. What failed is tried again by the next.
   * Asking throws UnsupportedError where one of them is larger than 4 GiB, or than what memory has room for.
   */
  readonly keep: Keep;
  /** Bytes of the tensors that are kept now. */
  keptBytes(): number;
  /** The tensors that are kept now. */
  kept(): readonly Tensor[];
  /** Whether a tensor is kept now. */
  isKept(tensor: LazyTensor): boolean;
  /** Keeps for `heir`, a tensor of this store, what another store keeps of `of`, and of what is made with it. */
  inherit(heir: LazyTensor, of: LazyTensor): void;
  /** Frees what is kept: it is made again when somebody asks for it. */
  clear(): void;
  /** Frees what is kept; what is being made is given up. */
  dispose(): void;
}

/** The tensors that one computation makes. */
interface Group {
  readonly forms: Readonly<Record<string, TensorForm>>;
  readonly make: (signal?: AbortSignal) => Promise<Tensors>;
  kept?: Tensors;
  making?: Making;
}

type Tensors = Readonly<Record<string, Tensor>>;

/** A computation that is going on, and for how many. */
interface Making {
  readonly result: Promise<Tensors>;
  readonly controller: AbortController;
  waiting: number;
}

const groups = new WeakMap<LazyTensor, Group>();

/**
 * @param budget bytes; of the tensors that do not fit, those that nobody has asked for the longest go. What was made last
 *   stays even if it alone is larger: whoever computes with it asks for it more than once.
 */
export function createTensorStore(budget = Infinity): TensorStore {
  const pace = createPace();
  /** The groups that are kept, those asked for last at the end. */
  const kept = new Set<Group>();
  const going = new Set<Making>();
  let bytes = 0;
  let disposed = false;

  const hold = (group: Group, tensors: Tensors): void => {
    if (group.kept) return;
    // Only what was announced: a computation may give more.
    group.kept = Object.fromEntries(Object.keys(group.forms).map(name => [name, tensors[name]]));
    kept.add(group);
    bytes += bytesOf(group);
    for (const oldest of kept) {
      if (bytes <= budget || oldest === group) break;
      drop(oldest);
    }
  };
  const drop = (group: Group): void => {
    group.kept = undefined;
    kept.delete(group);
    bytes -= bytesOf(group);
  };

  const make = async (group: Group, signal: AbortSignal): Promise<Tensors> => {
    // Always in a turn of its own: layers ask one another, and ten thousand calls are too deep for the stack.
    await pace(signal);
    checkSizes(group);
    const tensors = await group.make(signal).catch((error: unknown) => {
      throw isOutOfMemory(error) ? tooLarge(group, 'this computer has not that much memory free') : error;
    });
    throwIfCancelled(signal);
    hold(group, tensors);
    return tensors;
  };
  const start = (group: Group): Making => {
    const controller = new AbortController();
    const result = make(group, controller.signal).finally(() => {
      going.delete(making);
      if (group.making === making) group.making = undefined;
    });
    result.catch(() => undefined); // Nobody may be waiting any more.
    const making: Making = { result, controller, waiting: 0 };
    going.add(making);
    return making;
  };
  const giveUp = (group: Group, making: Making): void => {
    if (group.making === making) group.making = undefined;
    // Not at once: what it waits for is given up by this in turn, and so on, deeper than the stack.
    queueMicrotask(() => making.controller.abort());
  };

  const wait = (group: Group, signal: AbortSignal | undefined): Promise<Tensors> => {
    const making = (group.making ??= start(group));
    making.waiting++;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        if (--making.waiting === 0) giveUp(group, making);
        reject(new CancelledError());
      };
      signal?.addEventListener('abort', leave, { once: true });
      void making.result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
    });
  };
  const ask = async (group: Group, name: string, signal?: AbortSignal): Promise<Tensor> => {
    throwIfCancelled(signal);
    if (disposed) throw new CancelledError();
    if (!group.kept) return (await wait(group, signal))[name];
    kept.delete(group);
    kept.add(group);
    return group.kept[name];
  };

  const keep: Keep = <K extends string>(
    forms: Readonly<Record<K, TensorForm>>,
    makeAll: (signal?: AbortSignal) => Promise<Readonly<Record<K, Tensor>>>,
  ) => {
    const group: Group = { forms, make: makeAll };
    const lazy = Object.entries<TensorForm>(forms).map(([name, { shape, dtype }]) => {
      const tensor: LazyTensor = { shape, dtype, get: signal => ask(group, name, signal) };
      groups.set(tensor, group);
      return [name, tensor] as const;
    });
    return Object.fromEntries(lazy) as Record<K, LazyTensor>;
  };

  const clear = (): void => {
    for (const group of kept) drop(group);
  };

  return {
    keep,
    clear,
    keptBytes: () => bytes,
    kept: () => [...kept].flatMap(group => Object.values(group.kept ?? {})),
    isKept: tensor => groups.get(tensor)?.kept !== undefined,
    inherit(heir, of) {
      const group = groups.get(heir);
      const tensors = groups.get(of)?.kept;
      if (group && tensors) hold(group, tensors);
    },
    dispose() {
      disposed = true;
      for (const { controller } of going) controller.abort();
      clear();
    },
  };
}

/** @throws UnsupportedError before anything is computed that could not be held */
function checkSizes(group: Group): void {
  if (Object.values(group.forms).some(form => formBytes(form) > MOST_BYTES)) {
    throw tooLarge(group, `no array of more than ${formatBytes(MOST_BYTES)} is computed`);
  }
}

/** What typed arrays throw that cannot be allocated. */
function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && /allocation failed|array( buffer)? length/i.test(error.message);
}

function tooLarge({ forms }: Group, reason: string): UnsupportedError {
  const [[name, form]] = Object.entries(forms).sort(([, a], [, b]) => formBytes(b) - formBytes(a));
  return new UnsupportedError(
    `${name} ${compactShape(form.shape)} takes ${formatBytes(formBytes(form))}, and ${reason}: ` +
      'make the batch, the input or the attributes of this layer smaller',
  );
}

function bytesOf({ forms }: Group): number {
  return Object.values(forms).reduce((sum, form) => sum + formBytes(form), 0);
}

function formBytes({ shape, dtype }: TensorForm): number {
  return sizeOf(shape) * bytesInMemory(dtype);
}
