import type { ByteSource } from '../bytes/byteSource';
import { storedEntry, type Layout } from '../arrays/storedEntry';
import { storedTexts } from '../arrays/storedTexts';
import { stridesIn } from '../arrays/stridedBytes';
import type { Contents, Note, TensorEntry, TextEntry } from '../tensorFile';
import type { ElementType, ScalarType } from './elementType';
import { pythonText } from '../write/pythonText';
import { dtypeOf } from './dtype';
import { elementText } from './texts';

/** How an array of any NumPy dtype lies in a file: as {@link Layout}, with NumPy's type instead of ours. */
export interface NumpyLayout extends Pick<Layout, 'offset' | 'shape' | 'strides'> {
  readonly type: ElementType;
}

/**
 * What a NumPy array comes to: one entry for numbers or texts; `x.real` and `x.imag` for complex numbers; for records
 * an entry for each field, `x.field`, and for fields of fields `x.field.inner`. Types we cannot read become notes.
 * @param format named in errors
 * @throws FormatError if the array reaches beyond the end of `source`
 */
export function numpyEntries(
  format: string,
  name: string,
  source: ByteSource,
  layout: NumpyLayout,
): Contents {
  const tensors: TensorEntry[] = [];
  const texts: TextEntry[] = [];
  const notes: Note[] = [];

  const add = (name: string, access: string, { type, offset, shape, strides }: NumpyLayout): void => {
    if (type.kind === 'record') {
      for (const field of type.fields) {
        const inner = { type: field.type, offset: offset + field.offset, shape, strides };
        add(`${name}.${field.name}`, `${access}[${pythonText(field.name)}]`, inner);
      }
    } else if (type.kind === 'subarray') {
      const inner = stridesIn('C', type.shape, type.element.width);
      add(name, access, {
        type: type.element,
        offset,
        shape: [...shape, ...type.shape],
        strides: [...strides, ...inner],
      });
    } else addScalars(name, access, type, { offset, shape, strides });
  };

  const addScalars = (
    name: string,
    access: string,
    type: ScalarType,
    place: Omit<NumpyLayout, 'type'>,
  ): void => {
    const { letter, text: storedType, width, littleEndian } = type;
    const addNumbers = (code: string, part = '', skip = 0): boolean => {
      const dtype = dtypeOf(code);
      if (!dtype) return false;
      const layout = { ...place, offset: place.offset + skip, dtype, littleEndian };
      const stored = { storedType, access: access + part };
      tensors.push(storedEntry(format, name + part, source, layout, stored));
      return true;
    };
    const print = elementText(type);
    if (print)
      texts.push(storedTexts(format, name, source, { ...place, width }, { storedType, access }, print));
    else if (letter === 'c') {
      const code = `f${width / 2}`;
      if (addNumbers(code, '.real')) addNumbers(code, '.imag', width / 2);
      else notes.push(unread(name, storedType));
    } else if (!addNumbers(`${letter}${width}`)) notes.push(unread(name, storedType));
  };

  add(name, '', layout);
  return { tensors, texts, notes };
}

function unread(name: string, storedType: string): Note {
  const what = /^[<>|=]?[fc]/.test(storedType)
    ? 'floats of a width that only some machines have; save it as float64 or complex128'
    : 'elements of a kind that is not known';
  return { name, reason: `dtype '${storedType.slice(0, 40)}' holds ${what}` };
}
