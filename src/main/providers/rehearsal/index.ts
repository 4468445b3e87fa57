export { createRehearsal } from './provider.ts'
export type { RenderJob, RenderRecipe, RenderVideo } from './recipe.ts'
