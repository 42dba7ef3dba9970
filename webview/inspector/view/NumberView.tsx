import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isFloat, messageOf } from '../../../engine';
import { exact } from '../../draw/format';
import { t } from '../../l10n';
import { fromWire } from '../../protocol';
import { idOf, type PictureArray } from '../../views/pictures/picture';
import type { InspectorClient } from '../client';
import { storedBits } from './storedBits';

export interface NumberViewProps {
  readonly client: InspectorClient;
  /** Without axes. */
  readonly array: PictureArray;
}

/** One number: all its digits, and the bits it is stored in. */
export function NumberView({ client, array }: NumberViewProps): VNode {
  const { dtype, name } = array;
  const id = idOf(array);
  const [read, setRead] = useState<{ id: string; value?: number | bigint; error?: string }>();
  useEffect(() => {
    const controller = new AbortController();
    client.request('array/read', { array: id, region: [] }, controller.signal).then(
      tensor => setRead({ id, value: fromWire(tensor).data[0] }),
      (error: unknown) => {
        if (!controller.signal.aborted) setRead({ id, error: messageOf(error) });
      },
    );
    return () => controller.abort();
  }, [client, id]);

  if (read?.id !== id) return <p class="number-view muted">…</p>;
  if (read.value === undefined)
    return <p class="problem">{t('{0} cannot be read: {1}', name, read.error ?? '')}</p>;
  const stored = storedBits(read.value, dtype);
  return (
    <div class="number-view">
      <output>{exact(read.value, dtype)}</output>
      {stored && (
        <dl>
          <dt>{t('hexadecimal')}</dt>
          <dd>{stored.hex}</dd>
          <dt>{isFloat(dtype) ? t('sign, exponent, fraction') : t('bits')}</dt>
          <dd>{stored.bits}</dd>
        </dl>
      )}
    </div>
  );
}
