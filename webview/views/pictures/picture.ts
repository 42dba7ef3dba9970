import type { RefObject } from 'preact';
import type { DType, Shape } from '../../../engine';
import type { ColorScale } from '../../draw/colorScale';
import type { CellRectangle } from '../../draw/tiles';
import type { ArrayReader } from './arrayReader';
import type { AxisLabels } from './axes';

/** What a picture knows of the array it draws: one of a run, one of a file, or a slice of either. */
export interface PictureArray {
  /** What requests and links know it by; its name where left out. */
  readonly id?: string;
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  /** What decides the colour of outlines and histograms. */
  readonly role?: string;
  /** Where an element is in the array that this is a slice of. */
  originOf?(index: readonly number[]): readonly number[];
}

export function idOf({ id, name }: PictureArray): string {
  return id ?? name;
}

/** Which cells of every array are connected with the selected one (the engine's `linkCells`). */
export interface LinkedCells {
  /** Whether any cell of the array is connected. */
  includes(array: string): boolean;
  has(array: string, index: readonly number[]): boolean;
  first(array: string): readonly number[] | undefined;
}

/** A plane of an array: two axes to draw, the others held. */
export interface Plane {
  /** Left out for a plane of one row: a vector lying down. */
  readonly rowAxis?: number;
  /** Left out for a plane of one column: a vector standing up. */
  readonly columnAxis?: number;
  /** A position on every axis; those of the drawn axes do not count. */
  readonly index: readonly number[];
}

/** The axis of an array whose positions are the red, green and blue of a colour picture. */
export interface Channels {
  readonly axis: number;
  readonly positions: readonly [red: number, green: number, blue: number];
}

/** Cells that are marked in a picture. */
export interface MarkedRegion extends CellRectangle {
  /** The one of several planes that they are in: a position on every axis of the array. */
  readonly index?: readonly number[];
}

/** What a picture can be asked for. */
export interface PictureHandle {
  /** The whole plane or grid, not just what is scrolled into view, as a PNG of bounded size. */
  toPng(): Promise<ArrayBuffer>;
}

/** What every picture of an array is given. */
export interface PictureProps {
  readonly array: PictureArray;
  /** One per axis of the array; see `axesOf`. */
  readonly axes: readonly AxisLabels[];
  readonly reader: ArrayReader;
  readonly scale: ColorScale;
  /** Cells to outline. */
  readonly links?: LinkedCells;
  /** The selected cell, where it is one of this array. */
  readonly selected?: readonly number[];
  /** A cell to bring into view, when it changes. */
  readonly reveal?: readonly number[];
  /** The pointer or the keyboard cursor is at a cell; `undefined` when the pointer leaves. */
  onPoint(index: readonly number[] | undefined): void;
  /** A cell was clicked, or chosen with Enter or Space. */
  onPin(index: readonly number[]): void;
  readonly handle?: RefObject<PictureHandle | null>;
}
