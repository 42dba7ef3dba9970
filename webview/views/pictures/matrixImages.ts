import { rasteriser, type ColorScale } from '../../draw/colorScale';
import type { Tile } from './arrayReader';
import type { TileMatrix } from './plane';

/** Keeps tiles as pixels, one pixel a value, for one picture. */
export interface MatrixImages {
  imageOf(matrix: TileMatrix, scale: ColorScale): CanvasImageSource;
}

interface Raster {
  readonly scale: ColorScale;
  readonly canvas: OffscreenCanvas;
}

export function createMatrixImages(): MatrixImages {
  // By tile, so that pixels go when the reader lets go of the values; then by the matrix's place in the tile.
  const rasters = new WeakMap<Tile, Map<number, Raster>>();
  return {
    imageOf(matrix, scale) {
      let ofTile = rasters.get(matrix.tile);
      if (!ofTile) rasters.set(matrix.tile, (ofTile = new Map<number, Raster>()));
      let raster = ofTile.get(matrix.offset);
      if (!raster || !sameScale(raster.scale, scale)) {
        raster = { scale, canvas: paint(matrix, scale) };
        ofTile.set(matrix.offset, raster);
      }
      return raster.canvas;
    },
  };
}

function sameScale(a: ColorScale, b: ColorScale): boolean {
  return a.colormap === b.colormap && a.domain.min === b.domain.min && a.domain.max === b.domain.max;
}

function paint(
  { tile, rows, columns, offset, rowStride, columnStride }: TileMatrix,
  scale: ColorScale,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows);
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const rasterise = rasteriser(scale);
  for (let row = 0; row < rows; row++) {
    rasterise(tile.values, offset + row * rowStride, columnStride, columns, pixels, row * columns);
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
