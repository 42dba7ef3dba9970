import { render } from 'preact';
import { registerToolkit } from './controls';
import { configureL10n } from './l10n';
import { NetworkApp } from './network/NetworkApp';
import { createNetworkModel, type SavedNetwork } from './network/networkModel';
import {
  BOOT_ID,
  createClient,
  ROOT_ID,
  type BootData,
  type NetworkEvents,
  type NetworkRequests,
} from './protocol';
import { markReady, watchRequests } from './ready';
import { vscodeApi } from './vscodeApi';
import './theme.css';
import './page.css';
import './panel.css';
import './controls/menu.css';
import './controls/controls.css';
import './network/network.css';
import './network/layerList.css';
import './panel/pictureCard.css';
import './tree/tree.css';
import './views/colours/colours.css';
import './views/explanation/explanation.css';
import './views/pictures/pictures.css';
import './views/shapeFlow/shapeFlow.css';
import './views/statistics/statistics.css';

const boot = JSON.parse(document.getElementById(BOOT_ID)?.textContent || '{}') as BootData;
configureL10n(boot.l10n);
registerToolkit();

const { port, store } = vscodeApi<SavedNetwork>();
const watched = watchRequests(createClient<NetworkRequests, NetworkEvents>(port));
const model = createNetworkModel(watched.client, store);
const root = document.getElementById(ROOT_ID);
if (root) render(<NetworkApp model={model} />, root);
void model.load();
markReady(() => model.phase.peek().kind === 'loading', watched);
