/** Groups that hold all weights of a network and say nothing of one: of Keras 2, and of Keras 3. */
const OUTER = new Set(['model_weights', 'layers', '_layer_checkpoint_dependencies']);

/**
 * The name of a dataset in the list: its links joined by dots. Keras says many a thing twice, which is left out:
 * `model_weights/conv1/conv1/kernel:0` is `conv1.kernel`, `layers/conv1/vars/0` is `conv1.0`, and Keras 1's
 * `dense_1/dense_1_W` is `dense_1.W`.
 * @param links names of the links that lead to it, at least one
 * @param keras whether the file is by Keras; its third version does not say so, but has `vars` everywhere
 */
export function datasetName(links: readonly string[], keras: boolean): string {
  if (!keras && links.at(-2) !== 'vars') return links.join('.');
  const inner = links.length > 1 && OUTER.has(links[0]) ? links.slice(1) : links;
  const names = inner.filter(
    (name, i) => i === inner.length - 1 || (name !== 'vars' && name !== inner[i - 1]),
  );
  const own = names[names.length - 1].replace(/(?<=.):0$/, '');
  const parent = names.at(-2);
  const short = parent !== undefined && own.startsWith(`${parent}_`) ? own.slice(parent.length + 1) : own;
  return [...names.slice(0, -1), short].join('.');
}
