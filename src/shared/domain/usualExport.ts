/** How takes are exported unless a person says otherwise. Apart from its schema: the page needs it too. */
export const USUAL_EXPORT = {
  format: 'mp4',
  target: 'edit',
  trim: 'auto',
  quality: 'visuallyLossless',
  height: null,
  fps: null,
  loops: 1,
  boomerang: false,
  mute: false,
  fadeSeconds: 0,
  join: false,
  /** `{name}` is a clip's own name, and the prompt of a take that has none. */
  naming: '{row}-{name}-{model}-t{take}',
  collision: 'number',
  provenance: false,
} as const
