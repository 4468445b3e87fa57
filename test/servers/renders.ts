import { clipOf, sha256 } from './clip.ts'
import type { RenderOutcome, RenderStatus, RenderView, ServerSettings } from './types.ts'

/** A render as the double keeps it. */
export interface Render {
  readonly id: string
  readonly path: string
  readonly input: unknown
  readonly createdAt: number
  readonly costMicros: number
  readonly isForeign: boolean
  /** Infinity until `finish` in hand mode. */
  readyAt: number
  outcome: RenderOutcome
  cancelledAt: number | null
  isDeleted: boolean
}

export function statusOf(render: Render, now: number): RenderStatus {
  if (render.cancelledAt !== null)
    return render.cancelledAt < startOf(render) ? 'aborted' : 'cancelled'
  if (now >= render.readyAt) return render.outcome.kind === 'succeed' ? 'succeeded' : 'failed'
  return now < startOf(render) ? 'queued' : 'running'
}

/** A tenth of its time a render waits; one by hand runs at once. */
export const startOf = ({ createdAt, readyAt }: Render): number =>
  Number.isFinite(readyAt) ? createdAt + (readyAt - createdAt) / 10 : createdAt

export const isOver = (status: RenderStatus): boolean => status !== 'queued' && status !== 'running'

export const fileOf = (render: Render, index: number, settings: ServerSettings): Uint8Array =>
  clipOf(`${render.id}/${index}`, settings.fileBytes)

export function viewOf(render: Render, now: number, settings: ServerSettings): RenderView {
  const { id, input, isForeign, costMicros } = render
  const files = Array.from({ length: settings.files }, (_, index) =>
    sha256(fileOf(render, index, settings)),
  )
  return { id, status: statusOf(render, now), input, sha256: files, isForeign, costMicros }
}

/** When a new render will be ready; by clock it depends on the body alone, so that runs can be compared. */
export function readyAtOf(
  createdAt: number,
  bodySha256: string,
  { renders }: ServerSettings,
): number {
  if (renders.mode === 'instant') return createdAt
  if (renders.mode === 'hand') return Number.POSITIVE_INFINITY
  const share = parseInt(bodySha256.slice(0, 8), 16) / 0xffffffff
  return createdAt + renders.minMs + share * (renders.maxMs - renders.minMs)
}

/** What a list shows of the account: newest first, less what lags or is hidden. */
export function listed(
  renders: readonly Render[],
  now: number,
  settings: ServerSettings,
): readonly Render[] {
  const { lagMs, hidesRunning } = settings.list
  return renders
    .filter((render) => !render.isDeleted)
    .filter((render) => now - render.createdAt >= lagMs || render.isForeign)
    .filter((render) => !hidesRunning || isOver(statusOf(render, now)))
    .toReversed()
}
