import type { VNode } from 'preact';
import { useSignalEffect, type Signal } from '@preact/signals';

/** Time for which a page says what was saved or copied, in milliseconds. */
const MESSAGE_TIME = 6000;

/** What has just been done, or could not be, in a corner of the page for a while. */
export function Toast({ message }: { message: Signal<string> }): VNode {
  useSignalEffect(() => {
    if (message.value === '') return;
    const timer = setTimeout(() => (message.value = ''), MESSAGE_TIME);
    return () => clearTimeout(timer);
  });
  return (
    <p class="message" role="status">
      {message.value}
    </p>
  );
}
