export { createRehearsal, type RehearsalProvider } from './provider.ts'
export type { RenderJob, RenderRecipe, RenderVideo } from './recipe.ts'
