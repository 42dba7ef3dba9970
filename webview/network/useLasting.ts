import { useEffect, useState } from 'preact/hooks';

/** Whether something has been so for `patience` milliseconds: what is over at once is not worth a flicker. */
export function useLasting(now: boolean, patience: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!now) {
      setLasts(false);
      return;
    }
    const timer = setTimeout(() => setLasts(true), patience);
    return () => clearTimeout(timer);
  }, [now, patience]);
  return now && lasts;
}
