import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Shape } from '../../../engine';
import { Checkbox, NumberField, Select } from '../../controls';
import { t } from '../../l10n';
import type { RunRequest } from '../../protocol';
import { choicesOf, outcomeOf, type Choices, type Part } from './choices';

export interface WhatIfProps {
  readonly request: RunRequest;
  readonly xShape: Shape;
  readonly wShape: Shape;
  /** Why the host refused the last change. */
  readonly refusal: string | undefined;
  onChange: (request: RunRequest) => void;
}

/** Rest between the last key and the run, in milliseconds. */
const TYPING_PAUSE = 250;

/** The choices of the run as a form: what works is run at once, what cannot work says why. */
export function WhatIf({ request, xShape, wShape, refusal, onChange }: WhatIfProps): VNode {
  const [choices, setChoices] = useState(() => choicesOf(request));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const asked = useRef(request);

  useEffect(() => {
    // The run was changed from elsewhere (Run Conv Layer Again): the form follows.
    if (!sameRequest(asked.current, request)) setChoices(choicesOf(request));
    asked.current = request;
  }, [request]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const outcome = outcomeOf(choices, request, xShape, wShape);
  const change = (patch: Partial<Choices>): void => {
    const changed = { ...choices, ...patch };
    setChoices(changed);
    clearTimeout(timer.current);
    const { request: wanted } = outcomeOf(changed, request, xShape, wShape);
    if (!wanted || sameRequest(wanted, asked.current)) return;
    timer.current = setTimeout(() => {
      asked.current = wanted;
      onChange(wanted);
    }, TYPING_PAUSE);
  };
  const { problem } = outcome;
  const number = (name: keyof Choices, label: string, size: number, part: Part): VNode => (
    <NumberField
      label={label}
      value={String(choices[name])}
      size={size}
      invalid={problem?.part === part}
      onInput={value => change({ [name]: value })}
    />
  );
  const checkbox = (name: 'poolGlobal' | 'ceilMode' | 'countIncludePad', label: string): VNode => (
    <Checkbox label={label} checked={choices[name]} onChange={checked => change({ [name]: checked })} />
  );
  const group = (part: Part, title: string, children: ComponentChildren): VNode => (
    <fieldset class="what-if-group">
      <legend>{title}</legend>
      <div class="what-if-fields">{children}</div>
      {problem?.part === part && (
        <p class="problem" role="alert">
          {problem.reason}
        </p>
      )}
    </fieldset>
  );

  return (
    <section class="what-if card" aria-label={t('What if')}>
      <div class="what-if-groups">
        {group(
          'conv',
          t('convolution'),
          <>
            {number('stride', t('stride'), 3, 'conv')}
            {number('pad', t('pad'), 6, 'conv')}
            {number('dilation', t('dilation'), 3, 'conv')}
            {number('groups', t('groups'), 3, 'conv')}
          </>,
        )}
        {group(
          'pool',
          t('pooling'),
          <>
            <Select
              label={t('Pooling')}
              value={choices.pool}
              options={[
                { value: 'none', text: t('no pooling') },
                { value: 'max', text: t('max') },
                { value: 'average', text: t('average') },
              ]}
              onChange={pool => change({ pool })}
            />
            {choices.pool !== 'none' && checkbox('poolGlobal', t('global'))}
            {choices.pool !== 'none' && !choices.poolGlobal && number('poolSize', t('size'), 3, 'pool')}
            {choices.pool !== 'none' && !choices.poolGlobal && number('poolStride', t('stride'), 3, 'pool')}
            {choices.pool !== 'none' && number('poolPad', t('pad'), 6, 'pool')}
            {choices.pool !== 'none' && !choices.poolGlobal && checkbox('ceilMode', t('ceil mode'))}
            {choices.pool === 'average' && checkbox('countIncludePad', t('count padding'))}
          </>,
        )}
        {group(
          'dout',
          t('gradient from above'),
          <>
            <Select
              label={t('dout')}
              value={choices.dout}
              options={[
                { value: 'ones', text: t('all ones') },
                { value: 'arange', text: t('0, 1, 2 …') },
                { value: 'random', text: t('random') },
                { value: 'cell', text: t('1 at one cell') },
                ...(request.dout?.kind === 'file'
                  ? [{ value: 'file' as const, text: t('from a file') }]
                  : []),
              ]}
              onChange={dout => change({ dout })}
            />
            {choices.dout === 'random' && number('seed', t('seed'), 5, 'dout')}
            {choices.dout === 'cell' && number('cell', t('cell'), 10, 'dout')}
          </>,
        )}
      </div>
      <p class="formulas" aria-live="polite">
        {outcome.formulas.map(formula => (
          <code key={formula}>{formula}</code>
        ))}
      </p>
      {refusal !== undefined && !problem && (
        <p class="problem" role="alert">
          {refusal}
        </p>
      )}
      <p class="muted">
        {t('One number, or two (vertical, horizontal); pad also four (top, left, bottom, right).')}
      </p>
    </section>
  );
}

function sameRequest(a: RunRequest, b: RunRequest): boolean {
  return JSON.stringify(choicesOf(a)) === JSON.stringify(choicesOf(b));
}
