export { createFal } from './provider.ts'
