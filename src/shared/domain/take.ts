import type { BatchId, JobId, ModelId, ProviderId, TakeId } from './ids.ts'
import type { Money } from './money.ts'

/** What mediabunny read from the file; never what a provider claimed. */
export interface MediaFacts {
  readonly durationSeconds: number
  readonly width: number
  readonly height: number
  readonly fps: number
  readonly hasAudio: boolean
  readonly videoCodec: string
  readonly audioCodec: string | null
}

/** One delivered video for a prompt. Paths are absolute, computed by main. */
export interface TakeView extends Partial<MediaFacts> {
  readonly id: TakeId
  readonly jobId: JobId
  readonly batchId: BatchId
  readonly row: number
  readonly take: number
  readonly prompt: string
  readonly provider: ProviderId
  readonly model: ModelId
  readonly modelName: string
  readonly seed: number | null
  readonly path: string
  readonly posterPath: string | null
  readonly filmstripPath: string | null
  readonly sidecarPath: string | null
  readonly bytes: number
  readonly sha256: string
  readonly cost: Money | null
  /** 0 is unrated, else 1 to 5. */
  readonly rating: number
  readonly flag: TakeFlag
  readonly seenAt: number | null
  readonly trashedAt: number | null
  readonly tags: readonly string[]
  readonly note: string
  readonly createdAt: number
  readonly renderMs: number | null
  readonly revision: number
}
export const TAKE_FLAGS = ['none', 'pick', 'reject'] as const
export type TakeFlag = (typeof TAKE_FLAGS)[number]

/** Stills in one filmstrip image, side by side. */
export const FILMSTRIP_FRAMES = 10
