import { render } from 'preact';
import { registerToolkit } from './controls';
import { configureL10n } from './l10n';
import { createPanelModel } from './model/panelModel';
import type { SavedState } from './model/viewSettings';
import { App } from './panel/App';
import { markReady, watchRequests } from './ready';
import {
  BOOT_ID,
  createClient,
  ROOT_ID,
  type BootData,
  type PanelEvents,
  type PanelRequests,
} from './protocol';
import { vscodeApi } from './vscodeApi';
import './theme.css';
import './page.css';
import './panel.css';
import './controls/menu.css';
import './panel/pictureCard.css';
import './controls/controls.css';
import './views/colours/colours.css';
import './views/explanation/explanation.css';
import './views/pictures/pictures.css';
import './views/shapeFlow/shapeFlow.css';
import './views/statistics/statistics.css';
import './views/whatIf/whatIf.css';

const boot = JSON.parse(document.getElementById(BOOT_ID)?.textContent || '{}') as BootData;
configureL10n(boot.l10n);
registerToolkit();

const { port, store } = vscodeApi<SavedState>();
const watched = watchRequests(createClient<PanelRequests, PanelEvents>(port));
const panel = createPanelModel(watched.client, store);
const root = document.getElementById(ROOT_ID);
if (root) render(<App panel={panel} />, root);
void panel.load();
markReady(() => panel.phase.peek().kind === 'loading', watched);
