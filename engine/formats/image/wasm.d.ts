/// <reference types="@jsquash/jpeg/emscripten-types" />

/** esbuild's `binary` loader puts the bytes of the file into the bundle. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

declare namespace EmscriptenWasm {
  interface ModuleOpts {
    /** Gets the decoder's complaints, line by line; the console by default. */
    printErr?: (line: string) => void;
  }
}
