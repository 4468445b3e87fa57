export { createReplicate } from './provider.ts'
