import type { VNode } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import type { ArraySketch, TensorFileSummary } from '../../protocol';
import { createArrayReader } from '../../views/pictures/arrayReader';
import type { InspectorClient } from '../client';
import { createValuesModel } from './arrayValues';
import { NumbersView } from './NumbersView';
import { TextsView } from './TextsView';
import { showSelection } from './useSelectionText';
import type { ViewChoices } from './viewChoices';

export { DEFAULT_VIEW_CHOICES, type ViewChoices } from './viewChoices';

export interface ArrayViewProps {
  readonly client: InspectorClient;
  readonly file: TensorFileSummary;
  /** Which of the file's arrays is on show. */
  readonly position: number;
  /** What was chosen of how arrays are shown; the view writes it. */
  readonly choices: Signal<ViewChoices>;
  /** Told of the statistics of all values of an array, by its name. */
  onExact: (name: string, values: ArraySketch) => void;
  /** Told of what was done, or could not be. */
  onMessage: (text: string) => void;
}

/** One array of a file: its picture, the choices of what is drawn and how, its statistics, and what can be done with it. */
export function ArrayView({ client, file, position, choices, onExact, onMessage }: ArrayViewProps): VNode {
  const { reader, values } = useMemo(
    () => ({ reader: createArrayReader(client), values: createValuesModel(client) }),
    [client, file],
  );
  useEffect(
    () => () => {
      reader.dispose();
      values.dispose();
    },
    [reader, values],
  );
  useEffect(() => () => showSelection(client, undefined), [client]);
  const array = file.arrays[position];
  const { dtype } = array;
  // A view of its own for each array: what is marked in one means nothing in the next.
  const key = `${position} ${array.name}`;
  if (dtype === undefined)
    return <TextsView key={key} client={client} array={array} position={position} onMessage={onMessage} />;
  return (
    <NumbersView
      key={key}
      client={client}
      reader={reader}
      values={values}
      whole={{ ...array, dtype, format: file.format }}
      position={position}
      choices={choices}
      onExact={onExact}
      onMessage={onMessage}
    />
  );
}
