import type { VNode } from 'preact';
import { compactShape, type Problem } from '../../engine';
import { Button } from '../controls';
import { Icon } from '../icons';
import { t } from '../l10n';
import type { LayerSummary, ShownSession } from '../protocol';
import type { NetworkModel } from './networkModel';
import { valueText } from './words';

export interface MisfitProps {
  readonly model: NetworkModel;
  readonly state: ShownSession;
  readonly problem: Problem;
  /** The layer whose output is shown below. */
  readonly source: string;
}

/** Why the network does not go on: what meets in the layer, and what would make it fit. */
export function Misfit({ model, state: { layers, fixes }, problem, source }: MisfitProps): VNode {
  const { place, message } = problem;
  const layer = place.layer === undefined ? undefined : layers[place.layer];
  return (
    <section class="card misfit" aria-label={t('Why it does not go on')}>
      <h3>
        <Icon name="warning" />{' '}
        {layer ? t('{0} does not fit', layer.name) : t('The network does not fit together')}
      </h3>
      {layer && <Meeting layer={layer} at={place.key} />}
      <p class="misfit-message" role="alert">
        {message}
      </p>
      {fixes.length > 0 && (
        <div class="misfit-fixes">
          <h4>{t('What would fix it')}</h4>
          <ul>
            {fixes.map((title, i) => (
              <li key={title}>
                <Button kind={i === 0 ? 'primary' : 'secondary'} onClick={() => void model.fix(i)}>
                  {title}
                </Button>
                <span class="muted">
                  {t('gives')} <code>{compactShape(problem.fixes[i].out)}</code>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      <p class="muted">
        {t('Below is what comes to it from {0}. All that is marked as run can be looked at.', source)}
      </p>
    </section>
  );
}

/** The shapes that meet in a layer, side by side; what is at fault is marked. */
function Meeting({ layer, at }: { layer: LayerSummary; at: string | undefined }): VNode {
  const { from, inputs, parameters, attributes } = layer;
  return (
    <div class="misfit-shapes">
      {inputs.map((shape, i) => (
        <Side
          key={`x ${i}`}
          role="x"
          name={inputs.length > 1 ? `x${i}` : 'x'}
          from={from.at(i)}
          isAtFault={at === 'from'}
        >
          {compactShape(shape)}
        </Side>
      ))}
      <span class="misfit-sign" role="img" aria-label={t('does not fit')}>
        ≠
      </span>
      {parameters.map(({ role, name, shape }) => (
        <Side key={role} role="W" name={role} from={name} isAtFault={at === role}>
          {shape ? compactShape(shape) : t('not found')}
        </Side>
      ))}
      {Object.entries(attributes).map(([name, value]) => (
        <Side key={name} role="count" name={name} isAtFault={at === name}>
          {valueText(value)}
        </Side>
      ))}
    </div>
  );
}

function Side(props: {
  role: string;
  name: string;
  from?: string;
  isAtFault: boolean;
  children: string;
}): VNode {
  const { role, name, from, isAtFault, children } = props;
  return (
    <div class="misfit-side" data-role={role} data-fault={isAtFault || undefined}>
      <span class="misfit-name">
        <span class="ink">{name}</span> {from !== undefined && <span class="muted">{from}</span>}
      </span>
      <code>{children}</code>
      {isAtFault && <span class="misfit-here">{t('at fault')}</span>}
    </div>
  );
}
