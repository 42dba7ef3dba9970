import { planeBytes, planeRow, Winograd } from './arguments';
import { TILE_OUT } from './transforms';

/** Where a tile lies. */
@unmanaged
export class Place {
  /** Its input in the first channel of the group, and its outputs in the first map, or in the planes of pixels. */
  x: usize;
  out: usize;
  /** How many of its rows and columns are in the map; no row for a tile past the last. */
  rows: i32;
  columns: i32;
}

/** The place of tile `i` of a block. */
export function placeOf(places: usize, i: i32): Place {
  return changetype<Place>(places + i * (offsetof<Place>() as i32));
}

/**
 * Writes the places of `count` tiles of a group from tile `first` on, and of more, up to `width`, that are not there.
 * @param planes of pixels, one for each sample of a transposed convolution
 */
export function findPlaces(
  w: Winograd,
  group: i32,
  first: i32,
  count: i32,
  width: i32,
  places: usize,
  planes: usize,
): void {
  for (let i = 0; i < width; i++) {
    const tile = first + min(i, count - 1);
    const sample = tile / (w.down * w.across);
    const oh = ((tile / w.across) % w.down) * TILE_OUT;
    const ow = (tile % w.across) * TILE_OUT;
    const place = placeOf(places, i);
    const map = (sample * w.groups + group) * w.m;
    place.x = w.x + sample * w.xSample + group * w.channels * w.xPlane + oh * w.xRow + ow * 4;
    if (w.isTransposed) {
      const plane = planes + (sample - first / (w.down * w.across)) * planeBytes(w);
      place.out = plane + oh * planeRow(w) + ow * 4;
    } else {
      place.out = w.out + ((map * w.OH + oh) * w.OW + ow) * 4;
    }
    place.rows = i < count ? min(TILE_OUT, w.OH - oh) : 0;
    place.columns = min(TILE_OUT, w.OW - ow);
  }
}
