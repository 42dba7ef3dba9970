import { crc32, deflateRawSync } from 'node:zlib';

/** A member as it is to be written; what is left out is told truthfully. */
export interface Member {
  name: string;
  content: Uint8Array;
  deflated?: boolean;
  /** Claimed instead of the real CRC-32. */
  crc?: number;
}

const LOCAL_HEADER = 30;
const CENTRAL_HEADER = 46;

/** A zip file, written by hand so that tests can write false ones. Source: APPNOTE.TXT 6.3.10, sections 4.3 and 4.5. */
export function zip(members: Member[], { zip64 = false } = {}): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, deflated = false, crc = crc32(content) } of members) {
    const nameBytes = Buffer.from(name);
    const packed = deflated ? deflateRawSync(content) : content;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(45, 0); // version needed
    common.writeUInt16LE(0x800, 2); // names are UTF-8
    common.writeUInt16LE(deflated ? 8 : 0, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, nameBytes, packed]);

    const extra = zip64 ? Buffer.alloc(12) : Buffer.alloc(0);
    const rest = Buffer.alloc(CENTRAL_HEADER - 6 - 26);
    if (zip64) {
      common.writeUInt16LE(extra.length, 24);
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(8, 2);
      extra.writeBigUInt64LE(BigInt(offset), 4);
    }
    rest.writeUInt32LE(zip64 ? 0xffffffff : offset, 10);
    directory.push(Buffer.from('PK\x01\x02-\x00'), common, rest, nameBytes, extra);
    parts.push(local);
    offset += LOCAL_HEADER + nameBytes.length + packed.length;
  }
  const central = Buffer.concat(directory);
  const count = members.length;
  return Buffer.concat([...parts, central, ...endRecords(count, central.length, offset, zip64)]);
}

function endRecords(count: number, size: number, offset: number, zip64: boolean): Buffer[] {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  if (!zip64) {
    end.writeUInt16LE(count, 8);
    end.writeUInt16LE(count, 10);
    end.writeUInt32LE(size, 12);
    end.writeUInt32LE(offset, 16);
    return [end];
  }
  end.fill(0xff, 8, 20);
  const end64 = Buffer.alloc(56);
  end64.write('PK\x06\x06', 'latin1');
  end64.writeBigUInt64LE(44n, 4);
  end64.writeUInt16LE(45, 12);
  end64.writeUInt16LE(45, 14);
  end64.writeBigUInt64LE(BigInt(count), 24);
  end64.writeBigUInt64LE(BigInt(count), 32);
  end64.writeBigUInt64LE(BigInt(size), 40);
  end64.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return [end64, locator, end];
}
