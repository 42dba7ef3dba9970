// A model of one layer as .onnx. Source: onnx.proto3 (the numbers of the fields), the operators Conv and MaxPool.
import { message, number, string } from '../protobuf.mjs';
import { outputShape } from '../engine/layers.mjs';

const FLOAT = 1;
const INT = 2;
const INTS = 7;

/** AttributeProto. @param {string} name @param {number} value */
const integer = (name, value) => message(5, string(1, name), number(3, value), number(20, INT));
/** AttributeProto. @param {string} name @param {number[]} values */
const integers = (name, values) =>
  message(5, string(1, name), ...values.map(value => number(8, value)), number(20, INTS));

/** ValueInfoProto. @param {number} field @param {string} name @param {number[]} shape */
function value(field, name, shape) {
  const extents = shape.map(extent => message(1, number(1, extent)));
  const tensor = message(1, number(1, FLOAT), message(2, ...extents));
  return message(field, string(1, name), message(2, tensor));
}

/** TensorProto. @param {string} name @param {number[]} shape @param {Float32Array} values */
function initializer(name, shape, values) {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const extents = shape.map(extent => number(1, extent));
  return message(5, ...extents, number(2, FLOAT), string(8, name), message(9, bytes));
}

/** @param {import('../engine/layers.mjs').ConvolutionLayer | import('../engine/layers.mjs').PoolingLayer} layer */
function operator(layer) {
  const inputs = layer.kind === 'pooling' ? ['x'] : ['x', 'W', 'b'];
  const strides = integers('strides', [layer.stride, layer.stride]);
  const attributes =
    layer.kind === 'pooling'
      ? [integers('kernel_shape', [layer.size, layer.size]), strides]
      : [
          strides,
          integers(
            'pads',
            Array.from({ length: 4 }, () => layer.pad),
          ),
          integers('dilations', [layer.dilation, layer.dilation]),
          integer('group', layer.groups),
        ];
  const type = layer.kind === 'pooling' ? 'MaxPool' : 'Conv';
  return message(
    1,
    ...inputs.map(input => string(1, input)),
    string(2, 'out'),
    string(4, type),
    ...attributes,
  );
}

/**
 * The weights are part of the model, as they are when a network is run: so the engine may pack them beforehand.
 * @param {import('../engine/layers.mjs').ConvolutionLayer | import('../engine/layers.mjs').PoolingLayer} layer
 * @param {import('../engine/operands.mjs').Arrays} operands
 */
export function onnxModel(layer, { W, b }) {
  const weights =
    layer.kind === 'pooling' ? [] : [initializer('W', layer.W, W), initializer('b', [layer.W[0]], b)];
  const graph = [
    operator(layer),
    string(2, 'layer'),
    ...weights,
    value(11, 'x', layer.x),
    value(12, 'out', outputShape(layer)),
  ];
  return Buffer.concat([number(1, 8), message(7, ...graph), message(8, number(2, 17))]);
}
