import type { VNode } from 'preact';
import { useSignal } from '@preact/signals';
import { DTYPES, formatBytes, formatShape, type RawLayout } from '../../../engine';
import { Button, NumberField, Select } from '../../controls';
import { t } from '../../l10n';
import type { RawQuestion } from '../inspectorModel';
import { counted } from '../words';
import { checkLayout, typedLayout, type RawCheck, type TypedLayout } from './rawLayout';

export interface RawFormProps {
  readonly question: RawQuestion;
  /** Why the last answer could not be used. */
  readonly refusal: string | undefined;
  onAnswer: (layout: RawLayout) => void;
}

const DTYPE_OPTIONS = DTYPES.map(value => ({ value, text: value }));

/** Asks how the bytes of a file are to be read that says nothing of itself. */
export function RawForm({ question: { file, size, remembered }, refusal, onAnswer }: RawFormProps): VNode {
  const typed = useSignal(typedLayout(remembered));
  const layout = typed.value;
  const type = (patch: Partial<TypedLayout>): void => void (typed.value = { ...layout, ...patch });
  const check = checkLayout(layout, size);
  const answer = (): void => {
    if (check.kind === 'fits') onAnswer(check.layout);
  };
  return (
    <main class="page-message raw-page">
      <h1>{t('How is {0} to be read?', file)}</h1>
      <p>{t('Its {0} bytes do not say which numbers they are.', counted(size))}</p>
      <form
        class="raw-form"
        onSubmit={event => event.preventDefault()}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.target as Element).matches('vscode-text-field')) answer();
        }}
      >
        <div class="raw-field">
          <span aria-hidden="true">{t('Element type')}</span>
          <Select
            label={t('Element type')}
            value={layout.dtype}
            options={DTYPE_OPTIONS}
            onChange={dtype => type({ dtype })}
          />
        </div>
        <NumberField
          label={t('Shape, such as 3, 32, 32 (one may be -1)')}
          size={24}
          value={layout.shape}
          invalid={check.kind === 'shape'}
          onInput={shape => type({ shape })}
        />
        <NumberField
          label={t('Bytes before the first element')}
          size={12}
          value={layout.offset}
          invalid={check.kind === 'offset'}
          onInput={offset => type({ offset })}
        />
        <div class="raw-field">
          <span aria-hidden="true">{t('Order of the axes')}</span>
          <Select
            label={t('Order of the axes')}
            value={layout.order}
            options={[
              { value: 'C', text: t('C: the last axis runs fastest') },
              { value: 'F', text: t('Fortran: the first axis runs fastest') },
            ]}
            onChange={order => type({ order })}
          />
        </div>
        <div class="raw-field">
          <span aria-hidden="true">{t('Byte order')}</span>
          <Select
            label={t('Byte order')}
            value={layout.littleEndian ? 'little' : 'big'}
            options={[
              { value: 'little', text: t('little-endian') },
              { value: 'big', text: t('big-endian') },
            ]}
            onChange={order => type({ littleEndian: order === 'little' })}
          />
        </div>
        <p role="status" class={check.kind === 'fits' ? undefined : 'problem'}>
          {checkText(check, size)}
        </p>
        {refusal !== undefined && (
          <p role="alert" class="problem">
            {refusal}
          </p>
        )}
        <Button kind="primary" disabled={check.kind !== 'fits'} onClick={answer}>
          {t('Show')}
        </Button>
      </form>
    </main>
  );
}

function checkText(check: RawCheck, size: number): string {
  switch (check.kind) {
    case 'shape':
      return t('The shape has to be whole numbers, such as 3, 32, 32.');
    case 'offset':
      return t('The number of bytes before the first element has to be a whole number.');
    case 'missing':
      return t(
        'Takes {0}; the file has {1}, which is {2} bytes too few.',
        formatBytes(check.bytes),
        formatBytes(size),
        counted(check.missing),
      );
    case 'fits':
      return check.left === 0
        ? t(
            '{0}: takes {1}, which is all there is.',
            formatShape(check.layout.shape),
            formatBytes(check.bytes),
          )
        : t(
            '{0}: takes {1}; {2} bytes are left over at the end.',
            formatShape(check.layout.shape),
            formatBytes(check.bytes),
            counted(check.left),
          );
  }
}
