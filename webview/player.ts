import { useEffect, useRef, useState } from 'preact/hooks';

/** A position that can be played through. */
export interface PlayerProps {
  readonly value: number;
  readonly count: number;
  onChange: (value: number) => void;
}

/**
 * Moves to the next position every `interval` milliseconds while playing, and stops at the last.
 * @returns whether it is playing, and what starts and stops it; starting at the end begins anew
 */
export function usePlayer(
  { value, count, onChange }: PlayerProps,
  interval: number,
): [playing: boolean, toggle: () => void] {
  const [playing, setPlaying] = useState(false);
  const last = count - 1;
  // A new function on each render must not start the wait anew.
  const move = useRef(onChange);
  move.current = onChange;

  useEffect(() => {
    if (!playing) return;
    if (value >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => move.current(value + 1), interval);
    return () => clearTimeout(timer);
  }, [playing, value, last, interval]);

  const toggle = (): void => {
    if (!playing && value >= last) onChange(0);
    setPlaying(!playing);
  };
  return [playing, toggle];
}
