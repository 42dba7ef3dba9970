/** The largest error of a timed result that is still the right result. */
const TOLERANCE = 1e-4;
/** Of losses after steps of Adam: engines add its epsilon in different places. */
const LOSS_TOLERANCE = 2e-3;

/**
 * @param {import('./operands.mjs').Arrays} found
 * @param {import('./operands.mjs').Arrays} expected
 * @param {string} who
 * @throws Error that names the array that is not right
 */
export function checkAnswer(found, expected, who) {
  for (const [name, values] of Object.entries(expected)) {
    if (!Object.hasOwn(found, name)) throw new Error(`${who} gave no ${name}`);
    if (found[name].length !== values.length)
      throw new Error(`${who} gave ${found[name].length} values of ${name}, not ${values.length}`);
    const error = largestError(found[name], values);
    if (error <= (name === 'losses' ? LOSS_TOLERANCE : TOLERANCE)) continue;
    throw new Error(`${who}: ${name} is wrong by ${error.toExponential(1)} of its largest value`);
  }
}

/**
 * The largest error relative to the largest value: relative to values near 0, it says nothing.
 * @param {Float32Array} found @param {Float32Array} expected
 */
function largestError(found, expected) {
  let error = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    error = Math.max(error, Math.abs(found[i] - expected[i]));
    largest = Math.max(largest, Math.abs(expected[i]));
  }
  return error / largest;
}
