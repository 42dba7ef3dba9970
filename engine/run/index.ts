export * from './networkRun';
export * from './startNetwork';
