export { createLumenfall } from './provider.ts'
