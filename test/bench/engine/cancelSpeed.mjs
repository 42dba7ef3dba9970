// node cancelSpeed.mjs TURNS: prints for one and two threads the milliseconds from when a large layer, in exact sums, is
// cancelled to its end.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repository } from '../../host/paths.mjs';
import { median } from '../statistics.mjs';
import { loadParts } from './built.mjs';
import { convolution } from './layers.mjs';

/** Tiles of this one are as large as they become. */
const layer = convolution([4, 512, 28, 28], [512, 512, 3, 3], { pad: 1 });
/** Milliseconds after which it is cancelled. */
const DELAY_MS = 30;

const turns = Number(process.argv[2]);
const { convolutionGeometry, kernels, loadKernels, paced, Tensor } = await loadParts();
const loaded = await loadKernels(pathToFileURL(join(repository, 'dist/')));
const geometry = convolutionGeometry(layer.x, layer.W, layer);
const [x, W] = [layer.x, layer.W].map(shape => Tensor.full(shape, 1, 'float32'));

/** @param {number} milliseconds @returns {Promise<number>} from then on, until it has ended */
async function cancelAfter(milliseconds) {
  const due = performance.now() + milliseconds;
  const running = paced(kernels().convolve(x, W, null, geometry), AbortSignal.timeout(milliseconds));
  return running.then(
    () => {
      throw new Error(`it took less than ${milliseconds} ms`);
    },
    () => performance.now() - due,
  );
}

const answers = [];
for (const threads of [1, 2]) {
  loaded.use({ threads, arithmetic: 'exact' });
  await cancelAfter(5 * DELAY_MS); // threads start meanwhile
  const times = [];
  for (let turn = 0; turn < turns; turn++) times.push(await cancelAfter(DELAY_MS + turn));
  answers.push({ threads, took: median(times) });
}
console.log(JSON.stringify({ layer: layer.name, answers }));
