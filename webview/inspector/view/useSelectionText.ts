import { useEffect } from 'preact/hooks';
import type { InspectorClient } from '../client';

/** Tells the status bar what is on show. */
export function useSelectionText(client: InspectorClient, text: string): void {
  useEffect(() => showSelection(client, text), [client, text]);
}

/** @param text nothing where nothing is on show */
export function showSelection(client: InspectorClient, text: string | undefined): void {
  // Without an answer the status bar is out of date, which is not worth a message.
  client.request('selection/show', { text }).catch(() => undefined);
}
