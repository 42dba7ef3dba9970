/**
 * The WebAssembly module that h5wasm's classes are built on; what we use of it.
 * Source: h5wasm 0.10.3, src/hdf5_util.cc. `path` is absolute inside the file; functions throw where the library fails.
 */
declare module '*/h5wasm/dist/esm/hdf5_util.js' {
  /** A datatype. Source: HDF5 File Format Specification 3.0, section IV.A.2.d. */
  export interface H5Type {
    /** One of {@link H5Module.H5T_class_t}. */
    readonly type: number;
    /** Bytes of an element in memory. */
    readonly size: number;
    readonly signed: boolean;
    readonly littleEndian: boolean;
    /** A string of any length: its element is a pointer. */
    readonly vlen: boolean;
    readonly enum_type?: { readonly members: Readonly<Record<string, number>> };
    /** Of the elements of a sequence; the sequence itself is their number and a pointer. */
    readonly vlen_type?: H5Type;
    readonly array_type?: H5Type & { readonly shape: number[] };
    readonly compound_type?: {
      readonly members: readonly (H5Type & { readonly name: string; readonly offset: number })[];
    };
  }

  /** A dataset or an attribute. */
  export interface H5Array extends H5Type {
    /** Null if it has no elements by its kind (`h5py.Empty`). */
    readonly shape: number[] | null;
    readonly chunks: number[] | null;
    readonly virtual_sources?: readonly { readonly file_name: string; readonly dset_name: string }[];
  }

  export interface H5Filter {
    readonly id: number;
    readonly name: string;
  }

  interface H5Node {
    usedBytes: number;
    stream_ops: {
      read(stream: unknown, buffer: Int8Array, offset: number, length: number, position: number): number;
      write(): number;
    };
  }

  export interface H5Module {
    /** The module's memory; another view after it has grown. */
    readonly HEAPU8: Uint8Array;
    readonly FS: {
      open(path: string, flags: number, mode?: number): unknown;
      createFile(folder: string, name: string, properties: object, read: boolean, write: boolean): H5Node;
      readonly ErrnoError: new (errno: number) => Error;
    };
    readonly H5T_class_t: Readonly<Record<H5ClassName, { readonly value: number }>>;
    readonly H5F_ACC_RDONLY: number;
    readonly H5G_GROUP: number;
    readonly H5G_DATASET: number;
    readonly H5G_UDLINK: number;
    /** Makes every failure of the library an Error with its words. */
    activate_throwing_error_handler(): number;
    deactivate_throwing_error_handler(): number;
    open(file: string, mode: number, trackOrder: boolean, low: number, high: number): bigint;
    /** Names of the links of a group. */
    get_names(file: bigint, path: string, recursive: boolean): string[];
    /** Where a soft link points; null if `path` is no soft link. */
    get_symbolic_link(file: bigint, path: string): string | null;
    /** Where an external link points; an empty object if `path` is none. */
    get_external_link(file: bigint, path: string): { readonly filename?: string; readonly obj_path?: string };
    /** Follows links; of one that leads nowhere, the link's own type. */
    get_type(file: bigint, path: string): number;
    /** Address of an object's header, in bytes, the lowest first. */
    create_object_reference(file: bigint, path: string): number[];
    get_dataset_metadata(file: bigint, path: string): H5Array;
    get_dataset_filters(file: bigint, path: string): H5Filter[];
    /** Writes the elements of a hyperslab, or all, to memory; negative if that failed. */
    get_dataset_data(
      file: bigint,
      path: string,
      count: bigint[] | null,
      offset: bigint[] | null,
      strides: bigint[] | null,
      pointer: bigint,
    ): number;
    get_attribute_names(file: bigint, path: string): string[];
    get_attribute_metadata(file: bigint, path: string, name: string): H5Array;
    get_attribute_data(file: bigint, path: string, name: string, pointer: bigint): number;
    /** Frees the strings that were read into memory at `pointer`; `name` is empty for a dataset. */
    reclaim_vlen_memory(file: bigint, path: string, name: string, pointer: bigint): number;
    reclaim_vlen_memory_count(
      file: bigint,
      path: string,
      name: string,
      pointer: bigint,
      count: bigint[],
    ): number;
    _malloc(bytes: number): number;
    _free(pointer: number): void;
  }

  export type H5ClassName =
    | 'H5T_INTEGER'
    | 'H5T_FLOAT'
    | 'H5T_TIME'
    | 'H5T_STRING'
    | 'H5T_BITFIELD'
    | 'H5T_OPAQUE'
    | 'H5T_COMPOUND'
    | 'H5T_REFERENCE'
    | 'H5T_ENUM'
    | 'H5T_VLEN'
    | 'H5T_ARRAY';

  /** A new instance, which shares nothing with others. */
  export default function createModule(options: {
    print: (line: string) => void;
    printErr: (line: string) => void;
  }): Promise<H5Module>;
}
