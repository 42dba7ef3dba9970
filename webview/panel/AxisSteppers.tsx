import type { VNode } from 'preact';
import type { LayerInfo, Variable } from '../../engine';
import { Stepper } from '../controls';
import { t } from '../l10n';
import { heldAxes, type PictureView } from '../model/pictureView';
import { axisKeys, heldIndex } from '../model/positions';
import type { RunModel } from '../model/runModel';
import type { ArrayInfo } from '../protocol';
import { axesOf } from '../views/pictures/axes';
import { PlayButton } from '../views/player/PlayButton';

export interface AxisSteppersProps {
  readonly model: RunModel;
  readonly array: ArrayInfo;
  readonly layer: LayerInfo | undefined;
  readonly view: PictureView;
}

/** Chooses what a picture shows that cannot show all: sample ‹4›, channel ‹0›, tap ‹12› ▷. */
export function AxisSteppers({ model, array, layer, view }: AxisSteppersProps): VNode {
  const axes = axesOf(array, model.run.layers, layer?.name);
  const keys = axisKeys(array, layer);
  const held = heldIndex(array, layer, model.positions.value);
  return (
    <>
      {heldAxes(array, view).map(axis => {
        const variables = layer ? array.arrangements[layer.name][axis] : [];
        const step = {
          value: held[axis],
          count: array.shape[axis],
          onChange: (position: number) => model.moveTo(keys[axis], position),
        };
        return (
          <span key={axis} class="axis-stepper">
            <Stepper label={axisName(variables, layer, axis)} {...step} />
            {variables.length > 1 && (
              <>
                <span class="number muted">{axes[axis].label(held[axis])}</span>
                <PlayButton label={t('Play tap by tap')} {...step} />
              </>
            )}
          </span>
        );
      })}
    </>
  );
}

function axisName(variables: readonly Variable[], layer: LayerInfo | undefined, axis: number): string {
  if (!layer) return axis === 0 ? t('sample') : axis === 1 ? t('channel') : t('axis {0}', axis);
  if (variables.length > 1) return t('tap');
  switch (variables[0]) {
    case 'n':
      return t('sample');
    case 'f':
      return t('filter');
    case 'c':
      return layer.kind === 'convolution' ? t('channel') : t('map');
    case 'cg':
      return t('channel');
    default:
      return variables[0];
  }
}
