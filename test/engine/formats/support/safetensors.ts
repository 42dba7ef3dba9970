import { bytes } from './sources';

/** The start of a safetensors file, up to the first tensor's bytes. */
export function safetensorsHead(header: object): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return bytes(length, text);
}

/** `count` tensors named `model.layers.<i>.weight`, each of `extent` float32, one after the other. */
export function evenHeader(count: number, extent: number): object {
  const length = 4 * extent;
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `model.layers.${i}.weight`,
      { dtype: 'F32', shape: [extent], data_offsets: [i * length, (i + 1) * length] },
    ]),
  );
}
