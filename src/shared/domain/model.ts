import type { ModelId } from './ids.ts'

export const MODES = ['textToVideo', 'imageToVideo', 'firstLastFrame', 'referenceToVideo'] as const
export type Mode = (typeof MODES)[number]

export const FRAME_ROLES = ['firstFrame', 'lastFrame', 'reference'] as const
export type FrameRole = (typeof FRAME_ROLES)[number]

/** How a canonical field reached the wire. Everything but passed and renamed is a warning the person sees. */
export const BEHAVIOURS = ['passthrough', 'renamed', 'converted', 'emulated', 'dropped'] as const
export type Behaviour = (typeof BEHAVIOURS)[number]

/** A change between what was asked and what will be sent. */
export interface Warning {
  /** Canonical field name, e.g. `durationSeconds`, or an option's own name. */
  readonly field: string
  readonly behaviour: Behaviour
  readonly from: string
  readonly to: string
  readonly message: string
}

/** `retired` models are shown and cannot be queued; dates are ISO days. */
export type Lifecycle =
  | { readonly status: 'active' }
  | {
      readonly status: 'deprecated' | 'retired'
      readonly on?: string | undefined
      readonly replacements: readonly ModelId[]
      readonly source?: string | undefined
    }
