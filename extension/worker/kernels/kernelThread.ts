// Entry of the threads that help a worker to compute.
import { workerData } from 'node:worker_threads';
import { help, type HelperData } from '../../../engine/kernels/wasm/threads';

help(workerData as HelperData);
