import type { Arithmetic, KernelSet } from '../../../engine/kernels';

/** What the user has to say about the arithmetic. */
export interface EngineSettings {
  /** 0: as many as the machine has cores for. */
  readonly threads: number;
  readonly arithmetic: Arithmetic;
}

/** What a worker computes with. */
export interface KernelReport {
  readonly set: KernelSet;
  readonly arithmetic: Arithmetic;
  readonly threads: number;
  readonly cores: number;
  /** Bytes of memory that the kernels hold now. */
  readonly memory: number;
  /** Why there are no faster kernels, if their code could not be loaded. */
  readonly problem: string | undefined;
  readonly node: string;
  readonly v8: string;
}

/** What is asked of every worker that computes. */
export interface KernelRequests {
  /** For what is computed from now on. */
  'kernels/use': { params: EngineSettings; result: KernelReport };
  'kernels/report': { params: Record<string, never>; result: KernelReport };
  /** Computes for half a second. In 10⁹ multiplications and additions per second. */
  'kernels/measure': { params: Record<string, never>; result: number };
}
