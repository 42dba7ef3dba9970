import { LARGE, layers } from './arrays.mjs';
import { createSparseFile } from './sparseFile.mjs';

/** @param {number} value */
function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/** A field of bytes up to where they begin. @param {number} field @param {number} length */
const begin = (field, length) => Buffer.concat([varint(field * 8 + 2), varint(length)]);
/** @param {number} field @param {string} text */
const string = (field, text) => Buffer.concat([begin(field, Buffer.byteLength(text)), Buffer.from(text)]);
/** @param {number} field @param {number} value */
const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);

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
  const opset = number(2, 17);
  file.write(Buffer.concat([begin(8, opset.length), opset]));
  file.close();
}
