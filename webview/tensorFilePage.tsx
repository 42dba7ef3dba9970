import { render } from 'preact';
import { registerToolkit } from './controls';
import { InspectorApp } from './inspector/InspectorApp';
import { createInspectorModel, type InspectorState } from './inspector/inspectorModel';
import { configureL10n } from './l10n';
import {
  BOOT_ID,
  createClient,
  ROOT_ID,
  type BootData,
  type TensorFileEvents,
  type TensorFileRequests,
} from './protocol';
import { markReady, watchRequests } from './ready';
import { vscodeApi } from './vscodeApi';
import './theme.css';
import './page.css';
import './controls/menu.css';
import './controls/controls.css';
import './inspector/inspector.css';
import './tree/tree.css';
import './inspector/list/list.css';
import './inspector/outline/metadata.css';
import './inspector/raw/raw.css';
import './inspector/view/arrayView.css';
import './views/colours/colours.css';
import './views/pictures/pictures.css';
import './views/statistics/statistics.css';

const boot = JSON.parse(document.getElementById(BOOT_ID)?.textContent || '{}') as BootData;
configureL10n(boot.l10n);
registerToolkit();

const { port, store } = vscodeApi<InspectorState>();
const watched = watchRequests(createClient<TensorFileRequests, TensorFileEvents>(port));
const model = createInspectorModel(watched.client, store);
const root = document.getElementById(ROOT_ID);
if (root) render(<InspectorApp model={model} />, root);
void model.load();
markReady(() => model.phase.peek().kind === 'loading', watched);
