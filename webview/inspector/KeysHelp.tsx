import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { Button, commandText, IconButton } from '../controls';
import { t } from '../l10n';
import { useKeys } from '../useKeys';

/** A button, and the key `?`, that list what the keys do. */
export function KeysHelp(): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = (): void => dialog.current?.showModal();
  useKeys((event, typing) => {
    if (typing || event.key !== '?') return false;
    open();
    return true;
  });
  return (
    <>
      <IconButton icon="?" label={t('Keys (?)')} onClick={open} />
      <dialog ref={dialog} class="keys-help" aria-label={t('Keys')}>
        <h2>{t('Keys')}</h2>
        <dl>
          {keys().map(([key, text]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
        <Button onClick={() => dialog.current?.close()}>{t('Close')}</Button>
      </dialog>
    </>
  );
}

function keys(): readonly (readonly [key: string, text: string])[] {
  return [
    ['/', t('filter the list')],
    ['[', t('write a slice')],
    [commandText('C'), t('copy the slice or region as NumPy text')],
    [commandText('S'), t('save the slice or region')],
    ['← ↑ → ↓', t('go from cell to cell')],
    ['Shift + ← ↑ → ↓', t('mark a region')],
    ['Esc', t('let go of the region')],
    ['Enter', t('pin the cell, or open the small picture')],
    ['+ − 0', t('zoom in, zoom out, fit')],
    ['?', t('this list')],
  ];
}
