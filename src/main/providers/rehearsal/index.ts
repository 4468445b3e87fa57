export { createRehearsal, type Rehearsal } from './provider.ts'
export type { RenderJob, RenderRecipe, RenderVideo } from './recipe.ts'
