export * from './ColorBar';
export * from './Menu';
export * from './SearchField';
export * from './Splitter';
export * from './Stepper';
export * from './Tabs';
export * from './toolkit';
export * from './ZoomControl';
