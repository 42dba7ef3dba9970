import { FormatError } from '../../errors';

/** A tensor as the header describes it; nothing of it is checked against the file yet. */
export interface StoredTensor {
  readonly name: string;
  /** Element type in the file's words, e.g. `F32`. */
  readonly storedType: string;
  readonly shape: readonly number[];
  /** The tensor's first byte, and the one after its last, counted from the end of the header. */
  readonly start: number;
  readonly end: number;
}

export interface HeaderText {
  /** In the order of the text. */
  readonly tensors: StoredTensor[];
  readonly metadata: readonly (readonly [key: string, value: string])[];
}

/** A header of its largest size could list more; the largest known model has half a million. */
const MAX_TENSORS = 1_000_000;
/** More axes than any tensor has; a longer list of extents is not read to its end. */
const MAX_NUMBERS = 64;

/**
 * Reads the JSON of a safetensors header: an object of `{dtype, shape, data_offsets}`, and texts under `__metadata__`.
 * JSON.parse would do for honest files, but it lets the last of two equal keys win without a word, and a header of the
 * allowed 100 MB may describe gigabytes of nested objects. So nothing is read here that the format does not have.
 * Source: the safetensors README, "Format".
 * @throws FormatError naming the place, counted from the start of the file
 */
export function parseHeaderText(text: string): HeaderText {
  const scanner = new Scanner(text);
  const tensors: StoredTensor[] = [];
  const metadata: [string, string][] = [];
  scanner.object('the header', name => {
    if (name === '__metadata__') {
      scanner.object(`'${name}'`, key => metadata.push([key, scanner.string(`the value of ${quote(key)}`)]));
    } else {
      if (tensors.length >= MAX_TENSORS)
        throw scanner.fault(`the header lists over ${MAX_TENSORS} tensors; they are not read`);
      tensors.push(storedTensor(scanner, name));
    }
  });
  scanner.end();
  return { tensors, metadata };
}

function storedTensor(scanner: Scanner, name: string): StoredTensor {
  const what = `tensor ${quote(name)}`;
  let storedType: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  scanner.object(what, field => {
    if (field === 'dtype') storedType = scanner.string(`the dtype of ${what}`);
    else if (field === 'shape') shape = scanner.integers(`the shape of ${what}`);
    else if (field === 'data_offsets') offsets = scanner.integers(`the data_offsets of ${what}`);
    else throw scanner.fault(`${what} has the field ${quote(field)}, which the format does not have`);
  });
  if (storedType === undefined || !shape || offsets?.length !== 2) {
    throw scanner.fault(`${what} needs a dtype, a shape and two data_offsets`);
  }
  return { name, storedType, shape, start: offsets[0], end: offsets[1] };
}

/** A text of the file for a message: in quotes, and cut if it is long. */
export function quote(text: string): string {
  return `'${text.length > 80 ? `${text.slice(0, 80)}…` : text}'`;
}

/** Bytes before the header's text. */
const TEXT_AT = 8;

class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  /** An object; `member` reads the value of each key. @throws FormatError if a key comes twice */
  object(what: string, member: (key: string) => void): void {
    this.expect('{', `${what} is not an object`);
    if (this.takes('}')) return;
    const keys = new Set<string>();
    do {
      const key = this.string(`a key of ${what}`);
      if (keys.has(key)) throw this.fault(`${what} has the key ${quote(key)} twice`);
      keys.add(key);
      this.expect(':', `the key ${quote(key)} has no value`);
      member(key);
    } while (this.takes(','));
    this.expect('}', `${what} does not end`);
  }

  /** A list of whole numbers ≥ 0. */
  integers(what: string): number[] {
    const fault = `${what}: not a list of whole numbers`;
    this.expect('[', fault);
    const numbers: number[] = [];
    if (this.takes(']')) return numbers;
    do {
      if (numbers.length >= MAX_NUMBERS) throw this.fault(`${what}: over ${MAX_NUMBERS} numbers`);
      this.skipSpace();
      const start = this.at;
      while (isDigit(this.text.charCodeAt(this.at))) this.at++;
      const value = Number(this.text.slice(start, this.at));
      if (start === this.at) throw this.fault(fault);
      if (!Number.isSafeInteger(value)) throw this.fault(`${what}: a number is beyond 2^53`);
      numbers.push(value);
    } while (this.takes(','));
    this.expect(']', fault);
    return numbers;
  }

  string(what: string): string {
    this.expect('"', `${what} is not a text`);
    const start = this.at;
    let end = this.text.indexOf('"', start);
    while (end >= 0 && this.isEscaped(start, end)) end = this.text.indexOf('"', end + 1);
    if (end < 0) throw this.fault(`${what} does not end`);
    this.at = end + 1;
    const raw = this.text.slice(start, end);
    // Nothing to decode, and no control characters, which JSON forbids here.
    if (!/[\\\p{Cc}]/u.test(raw)) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch (error) {
      throw new FormatError('safetensors', `${what} is not a valid text`, TEXT_AT + start, { cause: error });
    }
  }

  end(): void {
    this.skipSpace();
    if (this.at < this.text.length) throw this.fault('something follows the object of the header');
  }

  fault(problem: string): FormatError {
    return new FormatError('safetensors', problem, TEXT_AT + this.at);
  }

  private takes(mark: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== mark) return false;
    this.at++;
    return true;
  }

  private expect(mark: string, problem: string): void {
    if (!this.takes(mark)) throw this.fault(problem);
  }

  private skipSpace(): void {
    while (' \t\n\r'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at++;
  }

  /** Whether an odd number of backslashes stands before the quotation mark at `at`. */
  private isEscaped(start: number, at: number): boolean {
    let backslashes = 0;
    while (at - backslashes > start && this.text[at - backslashes - 1] === '\\') backslashes++;
    return backslashes % 2 === 1;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
