import { FormatError, messageOf } from '../../errors';

/** What JSON.parse gives. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** Its keys are hostile: they are listed, or asked for through {@link member}. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** @throws FormatError if the bytes are not JSON in UTF-8 */
export function parseJson(bytes: Uint8Array): Json {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
  } catch (error) {
    throw new FormatError('json', `is not JSON: ${messageOf(error)}`, undefined, { cause: error });
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value that an object has itself under `key`. */
export function member(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** What a value is, in words that follow `is`. */
export function describe(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'number') return 'a single number';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'an array' : 'an object';
}
