export { help, type HelperData } from './helper';
export { createThreadedCrew, type ThreadHost } from './threadedCrew';
