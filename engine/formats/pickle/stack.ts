import type { Value } from './values';

const MAX_STACK = 1_000_000;
const MAX_MEMO = 1_000_000;

/** The stack of a pickle machine with its marks, and its memo. `fail` is called where Python would raise an error. */
export class PickleStack {
  private readonly values: Value[] = [];
  /** Heights of the stack at the marks that are still open. */
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, Value>();

  constructor(private readonly fail: (message: string) => never) {}

  push(value: Value): void {
    this.values.push(value);
    if (this.values.length > MAX_STACK) this.fail(`over ${MAX_STACK} values on the stack`);
  }

  top(): Value {
    const value = this.values.at(-1);
    if (value === undefined || this.values.length === this.marks.at(-1)) {
      return this.missing();
    }
    return value;
  }

  pop(): Value {
    const value = this.top();
    this.values.pop();
    return value;
  }

  /** The `count` values pushed last, in the order they were pushed. */
  popMany(count: number): Value[] {
    const start = this.values.length - count;
    return start < (this.marks.at(-1) ?? 0) ? this.missing() : this.values.splice(start);
  }

  mark(): void {
    this.marks.push(this.values.length);
    if (this.marks.length > MAX_STACK) this.fail(`over ${MAX_STACK} marks on the stack`);
  }

  /** The values pushed since the last mark, which goes away with them. */
  popToMark(): Value[] {
    const height = this.marks.pop();
    if (height === undefined) return this.fail('a mark is missing on the stack: the file is damaged');
    return this.values.splice(height);
  }

  /** Drops the last value, or the mark if that came later. */
  drop(): void {
    if (this.marks.at(-1) === this.values.length) this.marks.pop();
    else this.pop();
  }

  /** Remembers the top under `key`, or under the next free number. */
  memoize(key = this.memo.size): void {
    this.memo.set(key, this.top());
    if (this.memo.size > MAX_MEMO) this.fail(`over ${MAX_MEMO} remembered values`);
  }

  recall(key: number): Value {
    const value = this.memo.get(key);
    return value === undefined
      ? this.fail(`nothing was remembered as number ${key}: the file is damaged`)
      : value;
  }

  private missing(): never {
    return this.fail('a value is missing on the stack: the file is damaged');
  }
}
