export { createFal } from './provider.ts'
export { falSettingsSchema } from './request.ts'
