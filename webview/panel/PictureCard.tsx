import type { VNode } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { formatShape } from '../../engine';
import { ColorBar, IconButton, Menu } from '../controls';
import { Icon } from '../icons';
import { t } from '../l10n';
import { borrowedScale } from '../model/colours';
import { viewOf, type PictureView } from '../model/pictureView';
import { layerOf } from '../model/positions';
import type { RunModel } from '../model/runModel';
import { withName } from '../model/viewSettings';
import { ColourControls } from '../views/colours/ColourControls';
import { scaleOf } from '../views/colours/colourSettings';
import type { PictureHandle } from '../views/pictures/picture';
import { AxisSteppers } from './AxisSteppers';
import { colArray, ColViewSelect, colViewOf } from './ColViewSelect';
import { Picture } from './Picture';
import { pictureActions } from './pictureActions';
import { describeScale, describeView } from './pictureWords';

export interface PictureCardProps {
  readonly model: RunModel;
  /** Name of the array to show. */
  readonly name: string;
  /** The layer whose step is shown; its index variables label the picture. */
  readonly layer: string;
  /** Told of what was done, or could not be. */
  onMessage: (text: string) => void;
}

/** One array: its name and shape, its picture, and what can be chosen about it. */
export function PictureCard({ model, name, layer: layerName, onMessage }: PictureCardProps): VNode {
  const { settings, run } = model;
  const choosesColours = useSignal(false);
  const handle = useRef<PictureHandle>(null);

  const colView = colViewOf(model, name);
  const array = model.array(colView ? colArray(colView) : name);
  const layer = layerOf(array, run.layers, layerName);
  const fitting = viewOf(array, layer, colView === 'windows' ? 'windows' : 'taps');
  const enlarged = fitting.kind === 'maps' && settings.enlarged.value.has(name);
  const isNumber = fitting.kind === 'number';
  const asTable = !isNumber && settings.tables.value.has(name);
  // A table shows one map, as an enlarged picture does.
  const view: PictureView =
    fitting.kind === 'maps' && (enlarged || asTable) ? { ...fitting, kind: 'image' } : fitting;

  const source = model.array(array.scaleOf ?? array.name);
  const colours = settings.colours.value[source.role];
  const { value: stats, error } = model.stats(source.name).value;
  const borrowed = source.name !== array.name;
  const scale = useMemo(
    () => (borrowed ? borrowedScale : scaleOf)(colours, stats),
    [colours, stats, borrowed],
  );
  const notFinite = stats && { nan: stats.nan > 0, posInf: stats.posInf > 0, negInf: stats.negInf > 0 };
  const perMap = colours.perMap && view.kind === 'maps';
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !choosesColours.peek()) return;
    choosesColours.value = false;
    event.stopPropagation();
  };

  return (
    <section
      class="picture-card"
      data-role={array.role}
      data-view={layoutOf(fitting)}
      aria-label={`${array.name} ${formatShape(array.shape)}`}
    >
      <header class="picture-head" onKeyDown={closeOnEscape}>
        <div class="picture-title">
          <h2 class="ink">{array.name}</h2>
          <code class="shape">{formatShape(array.shape)}</code>
          <span class="picture-words">{describeView(array, view)}</span>
          <div class="picture-choices">
            {colView && <ColViewSelect model={model} />}
            <AxisSteppers model={model} array={array} layer={layer} view={view} />
            {!asTable && !perMap && !isNumber && (
              <span class={stats ? undefined : 'is-waiting'}>
                <ColorBar scale={scale} notFinite={notFinite} />
              </span>
            )}
            {!asTable && <span class="picture-words">{describeScale(source, array, perMap)}</span>}
          </div>
        </div>
        <span class="picture-tools">
          {enlarged && (
            <IconButton
              icon={<Icon name="back" />}
              label={t('Back to all maps of {0}', array.name)}
              onClick={() => (settings.enlarged.value = withName(settings.enlarged.value, name, false))}
            />
          )}
          {!isNumber && (
            <>
              <IconButton
                icon={<Icon name="palette" />}
                label={t('Colours of {0}', array.name)}
                expanded={choosesColours.value}
                onClick={() => (choosesColours.value = !choosesColours.value)}
              />
              <IconButton
                icon={<Icon name="table" />}
                label={t('{0} as a table of numbers', array.name)}
                pressed={asTable}
                onClick={() => (settings.tables.value = withName(settings.tables.value, name, !asTable))}
              />
            </>
          )}
          <Menu
            label={t('More for {0}', array.name)}
            items={pictureActions(array, model.client, asTable || isNumber ? undefined : handle, onMessage)}
          />
        </span>
        {choosesColours.value && (
          <ColourControls
            colours={colours}
            domain={scale.domain}
            hasMaps={view.kind === 'maps'}
            onChange={changed =>
              (settings.colours.value = { ...settings.colours.value, [source.role]: changed })
            }
          />
        )}
      </header>
      <div class="picture-body">
        {error === undefined ? (
          <Picture
            model={model}
            array={array}
            layer={layer}
            view={view}
            asTable={asTable}
            scale={scale}
            rangePerMap={perMap ? colours.range : undefined}
            handle={handle}
            onEnlarge={() => (settings.enlarged.value = withName(settings.enlarged.value, name, true))}
          />
        ) : (
          <p class="problem">{error}</p>
        )}
      </div>
    </section>
  );
}

/** What decides the room a card gets: a vector that lies needs little height, one that stands little width. */
function layoutOf(view: PictureView): string {
  if (view.kind !== 'matrix') return view.kind;
  if (view.rowAxis === undefined) return 'vector';
  return view.columnAxis === undefined ? 'strip' : 'matrix';
}
