export { createOpenaiVideos } from './provider.ts'
export { openaiVideosSettingsSchema } from './settings.ts'
