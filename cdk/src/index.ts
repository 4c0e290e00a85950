export * from './ecr-repo';
export * from './properties';
