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
  scanner.object(name => {
    if (name === '__metadata__') {
      scanner.object(key => metadata.push([key, scanner.string()]));
    } else {
      if (tensors.length >= MAX_TENSORS) throw scanner.fault(`is one of over ${MAX_TENSORS} tensors`);
      tensors.push(storedTensor(scanner, name));
    }
  });
  scanner.end();
  return { tensors, metadata };
}

function storedTensor(scanner: Scanner, name: string): StoredTensor {
  let storedType: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  scanner.object(field => {
    if (field === 'dtype') storedType = scanner.string();
    else if (field === 'shape') shape = scanner.integers();
    else if (field === 'data_offsets') offsets = scanner.integers();
    else throw scanner.fault('is a field that the format does not have');
  });
  if (storedType === undefined || !shape || offsets?.length !== 2) {
    throw scanner.fault('needs a dtype, a shape and two data_offsets');
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
  /** The keys on the way to the value that is read. */
  private readonly path: string[] = [];

  constructor(private readonly text: string) {}

  /** An object; `member` reads the value of each key. @throws FormatError if a key comes twice */
  object(member: (key: string) => void): void {
    this.expect('{', 'is not an object');
    if (this.takes('}')) return;
    const keys = new Set<string>();
    do {
      const key = this.string();
      if (keys.has(key)) throw this.fault(`has the key ${quote(key)} twice`);
      keys.add(key);
      this.path.push(key);
      this.expect(':', 'has no value');
      member(key);
      this.path.pop();
    } while (this.takes(','));
    this.expect('}', 'is an object that does not end');
  }

  /** A list of whole numbers ≥ 0. */
  integers(): number[] {
    this.expect('[', 'is not a list of whole numbers');
    const numbers: number[] = [];
    if (this.takes(']')) return numbers;
    do {
      if (numbers.length >= MAX_NUMBERS) throw this.fault(`has over ${MAX_NUMBERS} numbers`);
      this.skipSpace();
      const start = this.at;
      while (isDigit(this.text.charCodeAt(this.at))) this.at++;
      if (start === this.at) throw this.fault('is not a list of whole numbers');
      const value = Number(this.text.slice(start, this.at));
      if (!Number.isSafeInteger(value)) throw this.fault('has a number beyond 2^53');
      numbers.push(value);
    } while (this.takes(','));
    this.expect(']', 'is not a list of whole numbers');
    return numbers;
  }

  string(): string {
    this.expect('"', 'is no text where one is needed');
    const start = this.at;
    let end = this.text.indexOf('"', start);
    while (end >= 0 && this.isEscaped(start, end)) end = this.text.indexOf('"', end + 1);
    if (end < 0) throw this.fault('has a text that does not end');
    this.at = end + 1;
    const raw = this.text.slice(start, end);
    // Nothing to decode, and no control characters, which JSON forbids here.
    if (!/[\\\p{Cc}]/u.test(raw)) return raw;
    try {
      return JSON.parse(`"${raw}"`) as string;
    } catch (error) {
      throw this.fault('has a text that is not valid JSON', error);
    }
  }

  end(): void {
    this.skipSpace();
    if (this.at < this.text.length) throw this.fault('is followed by something else');
  }

  fault(problem: string, cause?: unknown): FormatError {
    const where = this.path.length > 0 ? `in the header, ${this.path.map(quote).join(' › ')}` : 'the header';
    return new FormatError('safetensors', `${where} ${problem}`, TEXT_AT + this.at, { cause });
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
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
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

/** Space, tab, line feed, carriage return. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}
