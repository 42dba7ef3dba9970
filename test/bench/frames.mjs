// Frames a second, and what is done in the page meanwhile.
import { quantile } from './statistics.mjs';

/** @param {readonly number[]} frames milliseconds each */
export function framesPerSecond(frames) {
  return (1000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0);
}

/** @param {readonly number[]} frames milliseconds each */
export function slowFrames(frames) {
  return `95 % of frames within ${quantile(frames, 0.95).toFixed(0)} ms`;
}

/**
 * In the page: scrolls an element down, and round again, for so many seconds.
 * @param {Element} element
 * @param {{ pixels: number, seconds: number, within?: number }} how `pixels` a frame; round again after `within` pixels
 * @returns {Promise<{ frames: number[], drawing: number }>} how long each frame took, in milliseconds, and in how many
 *   values were drawn
 */
export function scroll(element, { pixels, seconds, within = Infinity }) {
  return new Promise(resolve => {
    /** @type {number[]} */
    const frames = [];
    let drawing = 0;
    let last = 0;
    let start = 0;
    let images = window.recording.images;
    /** @param {number} now */
    const step = now => {
      if (last > 0) frames.push(now - last);
      else start = now;
      last = now;
      if (window.recording.images > images) drawing++;
      images = window.recording.images;
      const end = Math.min(within, element.scrollHeight - element.clientHeight);
      element.scrollTop = element.scrollTop + pixels > end ? 0 : element.scrollTop + pixels;
      if (now - start < 1000 * seconds) requestAnimationFrame(step);
      else resolve({ frames, drawing });
    };
    requestAnimationFrame(step);
  });
}
