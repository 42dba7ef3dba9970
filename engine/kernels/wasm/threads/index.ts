export { help, type HelperData } from './helper';
export { createThreadedCrew, type ThreadedCrew, type ThreadHost } from './threadedCrew';
