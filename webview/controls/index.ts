export * from './ColorBar';
export * from './Stepper';
export * from './toolkit';
export * from './ZoomControl';
