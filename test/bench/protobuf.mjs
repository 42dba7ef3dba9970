// The little of protobuf's wire format that writing a model takes.

/** @param {number} value */
function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

/** A field of bytes up to where they begin. @param {number} field @param {number} length */
export const begin = (field, length) => Buffer.concat([varint(field * 8 + 2), varint(length)]);
/** @param {number} field @param {Uint8Array[]} parts */
export const message = (field, ...parts) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([begin(field, content.length), content]);
};
/** @param {number} field @param {string} text */
export const string = (field, text) => message(field, Buffer.from(text));
/** @param {number} field @param {number} value */
export const number = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
