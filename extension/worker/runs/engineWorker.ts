// Entry of the worker thread that reads files and computes, so that the extension host only passes messages.
import { parentPort } from 'node:worker_threads';
import { sizeOf } from '../../../engine';
import { arrayId, serve } from '../../../webview/protocol';
import type { EngineRequests } from './engineRequests';
import { createDocument, fileArray } from '../documents/document';
import { withFiltersFirst } from '../files/filtersFirst';
import { createOpenFile } from '../files/openFiles';
import { createRuns } from './runs';
import { proposeNetwork } from '../networks/proposeNetwork';
import { readNetwork } from '../networks/readNetwork';
import { messagePort } from '../channel/messagePort';
import { kernelHandlers } from '../kernels/kernelHandlers';
import { thumbnail } from '../arrays/thumbnail';

if (!parentPort) throw new Error('the engine worker must be started as a worker thread');

const openFile = createOpenFile();
const runs = createRuns();
const kernels = await kernelHandlers(new URL('..', import.meta.url));

serve<EngineRequests>(messagePort(parentPort), {
  ...runs.handlers,
  ...kernels,
  'file/index': async ({ file }, signal) => {
    const { isImage, tensors, notes } = withFiltersFirst(await openFile(file, signal));
    return {
      isImage,
      tensors: tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
      notes: notes.map(({ name, reason }) => (name ? `${name}: ${reason}` : reason)),
    };
  },
  'file/list': async ({ file }, signal) => {
    const { label, isImage, format, tensors, texts = [], notes } = await openFile(file, signal);
    return { file: label, isImage, format, arrays: [...tensors, ...texts].map(fileArray), notes };
  },
  'file/python': async ({ file, name }, signal) => {
    const opened = await openFile(file, signal);
    const { summary, pythonLineOf } = createDocument(opened.label, 0, opened);
    return pythonLineOf(arrayId(summary.arrays.findIndex(array => array.name === name)));
  },
  'file/thumbnails': async ({ file, name, samples }, signal) => {
    const { tensors } = withFiltersFirst(await openFile(file, signal));
    const entry = tensors.find(tensor => tensor.name === name);
    if (!entry || sizeOf(entry.shape) === 0) return [];
    return Promise.all(samples.map(sample => thumbnail(entry, sample, signal)));
  },
  'network/read': params => readNetwork(params),
  'network/propose': async ({ file, fileName }, signal) =>
    proposeNetwork(fileName, (await openFile(file, signal)).tensors),
  'run/start': ({ request, files: contents }, signal) =>
    runs.start(request, async file => withFiltersFirst(await openFile(contents[file], signal)), signal),
});
