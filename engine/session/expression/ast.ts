/** Where a part of an expression stands in its text. */
export interface Span {
  readonly start: number;
  /** After its last character. */
  readonly end: number;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '&' | '|' | '^';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type UnaryOperator = '-' | '+' | '~' | 'not';

/** `start:stop:step` inside of brackets; each part may be left out. */
export interface SliceNode extends Span {
  readonly kind: 'slice';
  readonly parts: readonly (Node | undefined)[];
}

/** `...` inside of brackets. */
export interface EllipsisNode extends Span {
  readonly kind: 'ellipsis';
}

export type IndexItem = Node | SliceNode | EllipsisNode;

export interface NamedArgument {
  readonly name: string;
  readonly value: Node;
}

/** An expression as it is read: what is done to what. */
export type Node = Span &
  (
    | { readonly kind: 'number'; readonly value: number; readonly whole: boolean }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'name'; readonly name: string }
    /** A tuple or a list. */
    | { readonly kind: 'tuple'; readonly items: readonly Node[] }
    | { readonly kind: 'attribute'; readonly of: Node; readonly name: string }
    | { readonly kind: 'index'; readonly of: Node; readonly items: readonly IndexItem[] }
    | {
        readonly kind: 'call';
        readonly callee: Node;
        readonly positional: readonly Node[];
        readonly named: readonly NamedArgument[];
      }
    | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Node }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Node;
        readonly right: Node;
      }
    /** `0 < x <= 5`: each operand compared with the next. */
    | {
        readonly kind: 'compare';
        readonly operators: readonly Comparison[];
        readonly operands: readonly Node[];
      }
    | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly left: Node; readonly right: Node }
  );

/** An expression, or `saved['name'] = expression`. */
export interface Statement {
  readonly text: string;
  /** The name in `saved` that the value is kept under. */
  readonly target?: string;
  readonly value: Node;
}
