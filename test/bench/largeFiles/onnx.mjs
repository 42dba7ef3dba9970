import { begin, message, number, string } from '../protobuf.mjs';
import { LARGE, layers } from './arrays.mjs';
import { createSparseFile } from './sparseFile.mjs';

/** A model of initializers alone, just below the 2 GiB a protobuf may have. Source: onnx.proto. @param {string} path */
export function makeOnnx(path) {
  const tensors = [LARGE, ...layers(100, 1e9)].map(({ name, shape, bytes }) => {
    const fields = [
      ...shape.map(extent => number(1, extent)),
      number(2, 1),
      string(8, name),
      begin(9, bytes),
    ];
    const start = Buffer.concat(fields);
    return { start: Buffer.concat([begin(5, start.length + bytes), start]), bytes };
  });
  const graph = string(2, 'large');
  const size = tensors.reduce((sum, { start, bytes }) => sum + start.length + bytes, graph.length);
  const file = createSparseFile(path);
  file.write(Buffer.concat([number(1, 8), string(2, 'bench'), begin(7, size), graph]));
  for (const { start, bytes } of tensors) {
    file.write(start);
    file.zeros(bytes);
  }
  file.write(message(8, number(2, 17)));
  file.close();
}
