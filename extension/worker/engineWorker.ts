// Entry of the worker thread that reads files and computes, so that the extension host only passes messages.
import { basename } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { sizeOf } from '../../engine';
import { serve } from '../../webview/protocol';
import type { EngineRequests, FileContent } from './engineRequests';
import { createOpenFiles } from './openFiles';
import { createRuns } from './runs';
import { messagePort } from './messagePort';
import type { OpenedFile } from './runLayer';
import { thumbnail } from './thumbnail';

if (!parentPort) throw new Error('the engine worker must be started as a worker thread');

const files = createOpenFiles();
const runs = createRuns();

serve<EngineRequests>(messagePort(parentPort), {
  ...runs.handlers,
  'file/index': async ({ file }, signal) => {
    const { isImage, tensors, notes } = await openFile(file, signal);
    return {
      isImage,
      tensors: tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
      notes: notes.map(({ name, reason }) => (name ? `${name}: ${reason}` : reason)),
    };
  },
  'file/thumbnails': async ({ file, name, samples }, signal) => {
    const { tensors } = await openFile(file, signal);
    const entry = tensors.find(tensor => tensor.name === name);
    if (!entry || sizeOf(entry.shape) === 0) return [];
    return Promise.all(samples.map(sample => thumbnail(entry, sample, signal)));
  },
  'run/start': ({ request, files: contents }, signal) =>
    runs.start(request, file => openFile(contents[file], signal), signal),
});

async function openFile(content: FileContent, signal: AbortSignal): Promise<OpenedFile> {
  const file = await files.open(content, signal);
  const isImage = ['png', 'jpg', 'jpeg'].includes(file.format);
  const label = content.kind === 'disk' ? basename(content.path) : content.name;
  return { ...file, label, isImage };
}
