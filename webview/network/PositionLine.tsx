import type { VNode } from 'preact';
import { compactShape, INPUT } from '../../engine';
import { IconButton } from '../controls';
import { Icon } from '../icons';
import { t } from '../l10n';
import type { ShownSession } from '../protocol';
import { cellName } from '../views/explanation/arithmetic';
import type { LayerModel } from './layerModel';
import type { NetworkModel } from './networkModel';
import { reasonText, valueText } from './words';

export interface PositionLineProps {
  readonly model: NetworkModel;
  readonly state: ShownSession;
  /** The layer on show, where that is the one the session stands on. */
  readonly layer: LayerModel | undefined;
}

/** Where the session stands, as a call stack reads: network › layer › operation › cell; a click goes back up. */
export function PositionLine({ model, state, layer }: PositionLineProps): VNode {
  const { position, reason, text, layers } = state;
  const { direction, layer: index, operation, cell } = position;
  const name = index < 0 ? INPUT : layers[index].name;
  const step = layer?.cursor.value === undefined ? undefined : layer.run.steps[layer.cursor.value];
  const why = reasonText(reason);
  return (
    <div class="position-line">
      <h2 class="position-path">
        {operation === undefined ? (
          <span aria-current="location">{name}</span>
        ) : (
          <PathLink text={name} onClick={() => void model.goTo({ direction, layer: index })} />
        )}
        {step && !cell && <span aria-current="location">{step.operation}</span>}
        {step && cell && (
          <>
            <PathLink
              text={step.operation}
              onClick={() => void model.goTo({ direction, layer: index, operation })}
            />
            <span aria-current="location">{cellName(cell)}</span>
          </>
        )}
      </h2>
      {state.backward && index >= 0 && <DirectionSwitch model={model} state={state} />}
      {index >= 0 && <LayerFacts state={state} />}
      {index >= 0 && (
        <IconButton
          icon={<Icon name="goToFile" />}
          label={t('Show {0} in the file', name)}
          onClick={() => model.reveal(index)}
        />
      )}
      {why !== undefined && !state.problem && (
        <p class="position-reason" role="status">
          {text === undefined ? why : t('{0}: {1}', why, text)}
        </p>
      )}
    </div>
  );
}

function PathLink({ text, onClick }: { text: string; onClick: () => void }): VNode {
  return (
    <button type="button" class="path-link" onClick={onClick}>
      {text}
    </button>
  );
}

/** The two ways through the layer. */
function DirectionSwitch({ model, state: { position } }: Omit<PositionLineProps, 'layer'>): VNode {
  const { layer, direction } = position;
  return (
    <span class="direction-switch" role="group" aria-label={t('Direction')}>
      {(['forward', 'backward'] as const).map(way => (
        <button
          key={way}
          type="button"
          aria-pressed={direction === way}
          onClick={() => void model.goTo({ direction: way, layer })}
        >
          {way === 'forward' ? t('forward') : t('backward')}
        </button>
      ))}
    </span>
  );
}

/** What the file says of the layer. */
function LayerFacts({ state: { layers, position } }: { state: ShownSession }): VNode {
  const { type, from, attributes, parameters, macs } = layers[position.layer];
  return (
    <p class="panel-facts">
      <span>{type}</span>
      <span>{t('from {0}', from.join(', '))}</span>
      {Object.entries(attributes).map(([name, value]) => (
        <span key={name}>
          {name} {valueText(value)}
        </span>
      ))}
      {parameters.map(({ role, name, shape }) => (
        <span key={role}>
          {role} = {name} {shape && compactShape(shape)}
        </span>
      ))}
      {macs > 0 && <span>{t('{0} multiply-adds', macs.toLocaleString())}</span>}
    </p>
  );
}
