import { rasteriser, type ColorScale } from '../../draw/colorScale';
import { rgbRasteriser } from '../../draw/rgb';
import type { Tile } from './arrayReader';
import type { TileMatrix } from './plane';

/** Keeps tiles as pixels, one pixel a value, for one picture. */
export interface MatrixImages {
  /** @param matrices one in the colours of the scale, or the red, green and blue of the same cells */
  imageOf(matrices: readonly TileMatrix[], scale: ColorScale): CanvasImageSource;
}

interface Raster {
  readonly scale: ColorScale;
  readonly canvas: OffscreenCanvas;
}

export function createMatrixImages(): MatrixImages {
  // By tile, so that pixels go when the reader lets go of the values; then by the matrix's place in the tile.
  const rasters = new WeakMap<Tile, Map<string, Raster>>();
  return {
    imageOf(matrices, scale) {
      const { tile, offset } = matrices[0];
      let ofTile = rasters.get(tile);
      if (!ofTile) rasters.set(tile, (ofTile = new Map<string, Raster>()));
      const key = `${offset} ${matrices.length}`;
      let raster = ofTile.get(key);
      if (!raster || !sameScale(raster.scale, scale)) {
        raster = { scale, canvas: paint(matrices, scale) };
        ofTile.set(key, raster);
      }
      return raster.canvas;
    },
  };
}

function sameScale(a: ColorScale, b: ColorScale): boolean {
  return (
    a.colormap === b.colormap &&
    a.domain.min === b.domain.min &&
    a.domain.max === b.domain.max &&
    JSON.stringify(a.scaling) === JSON.stringify(b.scaling)
  );
}

function paint(matrices: readonly TileMatrix[], scale: ColorScale): OffscreenCanvas {
  const [{ tile, rows, columns, offset, rowStride, columnStride }] = matrices;
  const canvas = new OffscreenCanvas(columns, rows);
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  if (matrices.length === 1) {
    const rasterise = rasteriser(scale);
    for (let row = 0; row < rows; row++)
      rasterise(tile.values, offset + row * rowStride, columnStride, columns, pixels, row * columns);
  } else {
    // The channels' matrices are laid out alike: they were cut from the array in the same way.
    const rasterise = rgbRasteriser(scale.domain);
    const channels = matrices.map(matrix => matrix.tile.values);
    for (let row = 0; row < rows; row++)
      rasterise(channels, offset + row * rowStride, columnStride, columns, pixels, row * columns);
  }
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
