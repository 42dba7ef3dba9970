import type { VNode } from 'preact';
import { useEffect, useId, useMemo, useRef } from 'preact/hooks';
import { useSignal, type Signal } from '@preact/signals';
import { formatShape, formatSlice, IndexError } from '../../../engine';
import { IconButton, Menu, Select, Tabs, type MenuItem } from '../../controls';
import { Icon } from '../../icons';
import { t } from '../../l10n';
import { arrayId, type ArraySketch } from '../../protocol';
import { reporting, savedText } from '../../reporting';
import type { ArrayReader } from '../../views/pictures/arrayReader';
import { ColourControls } from '../../views/colours/ColourControls';
import { RangeChoice } from '../../views/colours/RangeChoice';
import { idOf, type MarkedRegion, type PictureHandle } from '../../views/pictures/picture';
import { useStable } from '../../views/pictures/useStable';
import { arrayActions } from '../arrayActions';
import type { InspectorClient } from '../client';
import { useShortcuts } from '../../useKeys';
import { ArrayHead } from './ArrayHead';
import { ArrayPicture } from './ArrayPicture';
import type { ValuesModel } from './arrayValues';
import { AxisControls } from './AxisControls';
import { drawnAxes } from './drawnAxes';
import { drawnSlice } from './drawnSlice';
import { layoutWords } from './layoutWords';
import { RegionNote } from './RegionNote';
import { ScaleLine } from './ScaleLine';
import { scaleFor } from './scaleFor';
import { showSlice, type NumberArray, type ShownArray } from './shownArray';
import { partOf, partText } from './shownPart';
import { SliceBox } from './SliceBox';
import { useSelectionText } from './useSelectionText';
import { ValuesPane } from './ValuesPane';
import { choicesFor, withChoices, type ArrayChoices, type ViewChoices } from './viewChoices';
import { fittingViews, viewFor } from './viewKinds';

export interface NumbersViewProps {
  readonly client: InspectorClient;
  readonly reader: ArrayReader;
  readonly values: ValuesModel;
  readonly whole: NumberArray;
  readonly position: number;
  readonly choices: Signal<ViewChoices>;
  onExact: (name: string, values: ArraySketch) => void;
  onMessage: (text: string) => void;
}

/** An array of numbers: a slice of it as a picture or a table. */
export function NumbersView(props: NumbersViewProps): VNode {
  const { client, reader, values, whole, position, choices, onExact, onMessage } = props;
  const mine = choicesFor(choices.value, whole.name);
  const change = (patch: Partial<ArrayChoices>): void => {
    const all = choices.peek();
    choices.value = withChoices(all, whole.name, { ...choicesFor(all, whole.name), ...patch });
  };

  const shown = useMemo(() => showChosen(whole, position, mine.slice), [whole, position, mine.slice]);
  const { array } = shown;
  const view = viewFor(shown, mine.view);
  const drawn = useStable(drawnAxes(shown, view, mine));
  const ofWhole = values.of(arrayId(position), whole.shape).value;
  useEffect(() => {
    if (ofWhole.values && ofWhole.sample === undefined)
      onExact(whole.name, { ...ofWhole.values, seen: ofWhole.values.count });
  }, [ofWhole]);
  const ofSlice = values.of(idOf(array), array.shape).value;
  const { kind, colours, scale } = scaleFor(shown, view, choices.value, ofWhole.values, ofSlice.values);
  const perMap = colours.perMap && view === 'maps';

  // What is marked belongs to one plane of one slice.
  const place = JSON.stringify([array.id, view, drawn]);
  const marked = useSignal<{ place: string; region: MarkedRegion }>();
  const region = marked.value?.place === place ? marked.value.region : undefined;
  const chosen = useSignal<{ id: string; index: readonly number[] }>();
  const selected = chosen.value?.id === idOf(array) ? chosen.value.index : undefined;
  const describes = useSignal<'slice' | 'drawn'>('drawn');

  const slicePart = partOf(shown, shown.slice);
  const drawnPart = partOf(shown, drawnSlice(shown, drawn));
  const regionPart = region && partOf(shown, drawnSlice(shown, drawn, region));
  const isCut = drawn.heldAxes.length > 0;
  /** What is described, saved and copied. */
  const part = regionPart ?? (isCut && describes.value === 'drawn' ? drawnPart : slicePart);
  useSelectionText(client, partText(shown, regionPart ?? drawnPart));

  const choosesColours = useSignal(false);
  const handle = useRef<PictureHandle>(null);
  const panelId = useId();
  const isInColour = view === 'colour' || view === 'colourMaps';
  const isPicture = view !== 'number' && view !== 'table';
  const savePicture: MenuItem = {
    text: t('Save the picture as PNG…'),
    beginsGroup: true,
    onChoose: reporting(onMessage)(async () => {
      const png = await handle.current?.toPng();
      return png && savedText(await client.request('picture/save', { name: drawnPart.name, png }));
    }),
  };
  const acted = { ...part, whole: { id: arrayId(position), shape: whole.shape }, takesKeys: true };
  const actions = arrayActions(client, acted, onMessage);
  useShortcuts(actions);

  return (
    <section class="array-view" data-role="array" aria-label={`${whole.name} ${formatShape(whole.shape)}`}>
      <ArrayHead array={whole} words={layoutWords(shown)}>
        <span class="picture-tools">
          {isPicture && (
            <IconButton
              icon={<Icon name="palette" />}
              label={t('Colours of {0}', whole.name)}
              expanded={choosesColours.value}
              onClick={() => (choosesColours.value = !choosesColours.value)}
            />
          )}
          <Menu
            label={t('More for {0}', whole.name)}
            heading={part.name}
            items={isPicture ? [...actions, savePicture] : actions}
          />
        </span>
        {choosesColours.value && isInColour && (
          <div class="colour-controls" role="group" aria-label={t('Colours')}>
            <RangeChoice
              range={mine.light}
              kinds={['usual', 'minMax', 'percentile', 'manual']}
              domain={scale.domain}
              onChange={light => change({ light })}
            />
          </div>
        )}
        {choosesColours.value && !isInColour && (
          <ColourControls
            colours={colours}
            domain={scale.domain}
            hasMaps={view === 'maps'}
            onChange={changed => {
              const all = choices.peek();
              choices.value = { ...all, colours: { ...all.colours, [kind]: changed } };
            }}
          />
        )}
      </ArrayHead>
      {whole.shape.length > 0 && <SliceBox shown={shown} onApply={slice => change({ slice })} />}
      <div class="array-choices">
        <Tabs
          label={t('View')}
          value={view}
          controls={panelId}
          tabs={fittingViews(shown).map(({ name, title }) => ({ value: name, text: title() }))}
          onChange={chosenView => change({ view: chosenView })}
        />
        <AxisControls shown={shown} drawn={drawn} held={mine.held ?? []} onChange={change} />
        <ScaleLine
          view={view}
          scale={scale}
          dtype={whole.dtype}
          whole={ofWhole.values}
          values={ofSlice.values}
          isSample={ofSlice.sample !== undefined}
          perMap={perMap}
          light={mine.light}
          unit={unitOf(whole)}
        />
      </div>
      <div class="array-body">
        <div class="array-picture" id={panelId} role="tabpanel" aria-label={array.name}>
          <ArrayPicture
            client={client}
            reader={reader}
            shown={shown}
            view={view}
            drawn={drawn}
            scale={scale}
            rangePerMap={perMap ? colours.range : undefined}
            selected={selected}
            region={region}
            handle={handle}
            onSelect={index => (chosen.value = { id: idOf(array), index })}
            onRegion={cells => (marked.value = cells && { place, region: cells })}
            onEnlarge={index =>
              change({
                view: view === 'colourMaps' ? 'colour' : 'plane',
                held: heldAt(shown, mine.held ?? [], index),
              })
            }
          />
        </div>
        {view !== 'number' && (
          <aside class="card array-values" aria-label={t('Statistics')}>
            {regionPart && (
              <RegionNote
                region={regionPart}
                onShow={() => change({ slice: formatSlice(regionPart.slice, whole.shape) })}
                onClear={() => (marked.value = undefined)}
              />
            )}
            {isCut && !regionPart && (
              <p class="described-part">
                <span aria-hidden="true">{t('Statistics and saving of')}</span>
                <Select
                  label={t('Statistics and saving of')}
                  value={describes.value}
                  options={[
                    { value: 'drawn', text: t('what is drawn') },
                    { value: 'slice', text: slicePart.isPart ? t('whole slice') : t('whole array') },
                  ]}
                  onChange={value => (describes.value = value)}
                />
              </p>
            )}
            <ValuesPane client={client} model={values} part={part} scaling={scale.scaling} />
          </aside>
        )}
      </div>
    </section>
  );
}

/** A slice that was chosen of another version of the array may lie outside of this one. */
function showChosen(whole: NumberArray, position: number, text = ''): ShownArray {
  try {
    return showSlice(whole, position, text);
  } catch (error) {
    if (error instanceof IndexError) return showSlice(whole, position, '');
    throw error;
  }
}

/** Positions of the whole array's axes at which the slice shows what is at `index` of it. */
function heldAt({ slice, whole }: ShownArray, held: readonly number[], index: readonly number[]): number[] {
  return whole.shape.map((_, axis) => {
    const at = slice.kept.indexOf(axis);
    return at < 0 ? (held[axis] ?? 0) : index[at];
  });
}

/** What the values are measured in: an attribute that HDF5 files give their arrays. */
function unitOf({ metadata }: NumberArray): string | undefined {
  return metadata.find(({ name }) => /^units?$/i.test(name))?.value;
}
