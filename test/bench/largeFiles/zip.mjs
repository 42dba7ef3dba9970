import { createSparseFile } from './sparseFile.mjs';

/**
 * A zip64 file of stored members, each some bytes and then zeros. Checksums are left at 0: of stored members nobody who
 * reads ranges can check them. Source: APPNOTE.TXT 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3.
 * @param {string} path
 * @param {readonly { name: string, start: Uint8Array, zeros: number }[]} members
 */
export function makeZip(path, members) {
  const file = createSparseFile(path);
  const directory = members.map(({ name, start, zeros }) => {
    const at = file.position();
    const size = start.length + zeros;
    const bytesOfName = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(45, 4);
    local.writeUInt32LE(0xffffffff, 18);
    local.writeUInt32LE(0xffffffff, 22);
    local.writeUInt16LE(bytesOfName.length, 26);
    local.writeUInt16LE(20, 28);
    file.write(Buffer.concat([local, bytesOfName, zip64([size, size])]));
    file.write(start);
    file.zeros(zeros);

    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(45, 4);
    central.writeUInt16LE(45, 6);
    central.writeUInt32LE(0xffffffff, 20);
    central.writeUInt32LE(0xffffffff, 24);
    central.writeUInt16LE(bytesOfName.length, 28);
    central.writeUInt16LE(28, 30);
    central.writeUInt32LE(0xffffffff, 42);
    return Buffer.concat([central, bytesOfName, zip64([size, size, at])]);
  });
  const directoryAt = file.position();
  for (const entry of directory) file.write(entry);
  const directoryEnd = file.position();

  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(45, 12);
  end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(BigInt(members.length), 24);
  end64.writeBigUInt64LE(BigInt(members.length), 32);
  end64.writeBigUInt64LE(BigInt(directoryEnd - directoryAt), 40);
  end64.writeBigUInt64LE(BigInt(directoryAt), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(directoryEnd), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(22, 0xff);
  end.writeUInt32LE(0x06054b50, 0);
  end.fill(0, 4, 8);
  end.fill(0, 20, 22);
  file.write(Buffer.concat([end64, locator, end]));
  file.close();
}

/** The extra field that holds what is too large for 32 bits. @param {readonly number[]} values */
function zip64(values) {
  const field = Buffer.alloc(4 + 8 * values.length);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, i) => field.writeBigUInt64LE(BigInt(value), 4 + 8 * i));
  return field;
}
