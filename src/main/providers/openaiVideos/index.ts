export { createOpenaiVideos } from './provider.ts'
