// Runs inside every frame of the page, before its own scripts, and notes when something is drawn.

/**
 * @typedef {object} PointerMove
 * @property {number} stamp when the pointer moved
 * @property {number} handled when the page was told
 * @property {Element | null} viewport the picture under the pointer
 * @property {Map<HTMLCanvasElement, number>} highlighted when each of the other pictures first drew an outline
 */
/**
 * @typedef {object} Recording times are milliseconds since the frame's time origin
 * @property {number} changed when the page last changed, in its DOM or on a canvas, before it called itself ready
 * @property {number} answered when the page had its first answer from the host; 0 before
 * @property {number} images drawn on canvases
 * @property {PointerMove | undefined} move the last one, while moves are looked at
 */

/** To be handed to `addInitScript`, so it must need nothing from outside. */
export function record() {
  /** @type {Recording} */
  const recording = { changed: 0, answered: 0, images: 0, move: undefined };
  Object.assign(window, { recording });
  const noteChange = () => {
    if (!document.querySelector('body[data-ready]')) recording.changed = performance.now();
  };
  new MutationObserver(noteChange).observe(document, { subtree: true, childList: true, characterData: true });
  // Added with the page's own: VS Code writes the page into a document that is there, which removes what listened before.
  const listen = window.addEventListener.bind(window);
  const noteAnswer = (/** @type {MessageEvent} */ { data }) => {
    if (Object(data).kind === 'result') recording.answered ||= performance.now();
  };
  Reflect.set(window, 'addEventListener', (/** @type {Parameters<typeof listen>} */ ...args) => {
    if (args[0] === 'message') listen('message', noteAnswer);
    listen(...args);
  });

  const { prototype } = CanvasRenderingContext2D;
  /** @param {'drawImage' | 'stroke'} method @param {(canvas: HTMLCanvasElement) => void} note */
  const afterEach = (method, note) => {
    /** @type {Function} */
    const native = Reflect.get(prototype, method);
    Reflect.set(
      prototype,
      method,
      /** @this {CanvasRenderingContext2D} @param {unknown[]} args */
      function (...args) {
        Reflect.apply(native, this, args);
        noteChange();
        note(this.canvas);
      },
    );
  };
  afterEach('drawImage', () => recording.images++);
  afterEach('stroke', canvas => {
    const { move } = recording;
    if (move && !move.viewport?.contains(canvas) && !move.highlighted.has(canvas))
      move.highlighted.set(canvas, performance.now());
  });
}
