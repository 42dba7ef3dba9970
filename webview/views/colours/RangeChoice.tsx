import type { VNode } from 'preact';
import { Select } from '../../controls';
import type { Domain, RangeMode } from '../../draw/domain';
import { t } from '../../l10n';
import { TypedNumbers } from './TypedNumbers';

type Kind = RangeMode['kind'] | 'usual';

export interface RangeChoiceProps {
  /** Left out: the usual one. */
  readonly range: RangeMode | undefined;
  /** Those to choose from, in this order. */
  readonly kinds: readonly Kind[];
  /** The range in use, which one by hand starts from. */
  readonly domain: Domain;
  onChange: (range: RangeMode | undefined) => void;
}

/** Which range of values is mapped to colour. */
export function RangeChoice({ range, kinds, domain, onChange }: RangeChoiceProps): VNode {
  return (
    <>
      <Select
        label={t('Range')}
        value={range?.kind ?? 'usual'}
        options={kinds.map(value => ({ value, text: titleOf(value) }))}
        onChange={kind => onChange(rangeOf(kind, domain))}
      />
      {range?.kind === 'manual' && (
        <TypedNumbers
          labels={[t('from'), t('to')]}
          values={[range.min, range.max]}
          onChange={([min, max]) => onChange({ kind: 'manual', min, max })}
        />
      )}
    </>
  );
}

function titleOf(kind: Kind): string {
  switch (kind) {
    case 'usual':
      return t('usual of pictures');
    case 'minMax':
      return t('min to max');
    case 'symmetric':
      return t('symmetric about 0');
    case 'percentile':
      return t('1st to 99th percentile');
    case 'manual':
      return t('by hand');
  }
}

function rangeOf(kind: Kind, { min, max }: Domain): RangeMode | undefined {
  switch (kind) {
    case 'usual':
      return undefined;
    case 'percentile':
      return { kind, low: 1, high: 99 };
    case 'manual':
      return { kind, min, max };
    default:
      return { kind };
  }
}
