export * from './networkRun';
