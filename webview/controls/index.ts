export * from './ColorBar';
export * from './Menu';
export * from './Stepper';
export * from './toolkit';
export * from './ZoomControl';
