import type { ArrayRequests, CopyFormat, SaveFormat } from '../../../webview/protocol';
import type { Region } from '../../../engine';

/** What the host asks of a worker about its arrays, for a webview or for itself. */
export interface WorkerArrayRequests extends ArrayRequests {
  /** The region as the bytes of a file. */
  'array/file': { params: { array: string; region: Region; format: SaveFormat }; result: ArrayBuffer };
  /** The region as text for the clipboard. */
  'array/text': {
    params: { array: string; region: Region; as: Exclude<CopyFormat, 'python'> };
    result: string;
  };
}

/** The same requests with what else is needed to find the array. */
export type Addressed<R extends Record<keyof R, { params: unknown; result: unknown }>, Address> = {
  [K in keyof R]: { params: R[K]['params'] & Address; result: R[K]['result'] };
};
