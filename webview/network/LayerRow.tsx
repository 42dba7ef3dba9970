import type { VNode } from 'preact';
import { compactShape } from '../../engine';
import { Icon, type IconName } from '../icons';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import { progressOf, type LayerItem, type LayerProgress } from './layerRows';

const PROGRESS_ICONS: Readonly<Record<LayerProgress, IconName>> = {
  broken: 'warning',
  notYet: 'notYet',
  forward: 'check',
  back: 'back',
};

/** How far the session has come with a layer, its name, and what it is. */
export function LayerName({ item, state }: { item: LayerItem; state: ShownSession }): VNode {
  const { index, name, layer, takes } = item;
  const progress = progressOf(item, state);
  const isHere = state.position.layer === index;
  const hasBreakpoint = state.breakpoints.includes(index);
  return (
    <>
      <span class="layer-mark" data-progress={progress} data-here={isHere || undefined}>
        <Sign
          icon={isHere ? 'here' : PROGRESS_ICONS[progress]}
          label={isHere ? hereWords(state) : progressWords(progress)}
        />
      </span>
      {hasBreakpoint && (
        <span class="layer-breakpoint">
          <Sign icon="breakpoint" label={t('breakpoint')} />
        </span>
      )}
      <span class="tree-label" title={name}>
        {name}
      </span>
      {layer && !name.startsWith(layer.type) && <span class="muted layer-type">{layer.type}</span>}
      {takes.length > 0 && (
        <span class="muted layer-takes" title={t('takes {0}', takes.join(', '))}>
          ← {takes.join(', ')}
        </span>
      )}
    </>
  );
}

/** The columns beside the name. */
export function layerCells(item: LayerItem, state: ShownSession): VNode {
  const { layer } = item;
  const out = layer ? layer.out : state.input.shape;
  return (
    <>
      <span role="gridcell" class={layer?.broken ? 'layer-broken' : 'tree-code'}>
        {layer?.broken ? t('does not fit') : out ? compactShape(out) : '–'}
      </span>
      <span role="gridcell" class="tree-number">
        {layer && layer.parameterCount > 0 ? layer.parameterCount.toLocaleString() : ''}
      </span>
    </>
  );
}

/** A small drawing that is also said. */
function Sign({ icon, label }: { icon: IconName; label: string }): VNode {
  return (
    <span role="img" aria-label={label} title={label}>
      <Icon name={icon} filled={icon === 'breakpoint' || icon === 'here'} />
    </span>
  );
}

function hereWords({ position }: ShownSession): string {
  return position.direction === 'forward' ? t('the session is here') : t('the session is here, going back');
}

function progressWords(progress: LayerProgress): string {
  switch (progress) {
    case 'broken':
      return t('its shapes do not fit');
    case 'notYet':
      return t('has not run yet');
    case 'forward':
      return t('has run');
    case 'back':
      return t('has run, forward and back');
  }
}
