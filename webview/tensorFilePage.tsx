import { render } from 'preact';
import { configureL10n } from './l10n';
import {
  BOOT_ID,
  createClient,
  ROOT_ID,
  type BootData,
  type TensorFileEvents,
  type TensorFileRequests,
} from './protocol';
import { vscodeApi } from './vscodeApi';
import './theme.css';

const boot = JSON.parse(document.getElementById(BOOT_ID)?.textContent || '{}') as BootData;
configureL10n(boot.l10n);

const client = createClient<TensorFileRequests, TensorFileEvents>(vscodeApi().port);
const root = document.getElementById(ROOT_ID);

void client.request('file/open', {}).then(
  opened => {
    if (!root || opened.kind !== 'arrays') return;
    const { arrays } = opened.summary;
    render(
      <ul>
        {arrays.map(({ name, shape, storedType }) => (
          <li>
            {name} ({shape.join(', ')}) {storedType}
          </li>
        ))}
      </ul>,
      root,
    );
  },
  (error: unknown) => root && render(<p role="alert">{String(error)}</p>, root),
);
