import { createHash } from 'node:crypto'
import type { FrameSource, RouteRequest } from '../../../shared/domain/generation.ts'
import type { PrepareCall, WireRequest } from '../spec.ts'
import type { RecipeFrame, RenderRecipe } from './recipe.ts'

export const KEY_HEADER = 'idempotency-key'
export const digestOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex')

/** The recipe as a frozen "call". Its label (row, take, names) is no part of what was asked. */
export function wireOf(
  { expect, frames }: RouteRequest,
  { credential, idempotencyKey, label }: PrepareCall,
): WireRequest {
  const asked: Omit<RenderRecipe, 'label'> = {
    version: 1,
    prompt: expect.prompt,
    width: expect.width,
    height: expect.height,
    fps: expect.fps,
    durationSeconds: expect.durationSeconds,
    hasAudio: expect.hasAudio,
    seed: expect.seed ?? 0,
    firstFrame: frameOf(frames, 'firstFrame'),
    lastFrame: frameOf(frames, 'lastFrame'),
  }
  const recipe: RenderRecipe = { ...asked, label }
  return {
    version: 1,
    method: 'POST',
    url: 'rehearsal:render',
    headers: { [KEY_HEADER]: idempotencyKey },
    body: new TextEncoder().encode(JSON.stringify(recipe)),
    fingerprint: digestOf(JSON.stringify(['rehearsal', credential, asked])),
  }
}

function frameOf(frames: readonly FrameSource[], role: FrameSource['role']): RecipeFrame | null {
  const frame = frames.find((one) => one.role === role)
  return frame?.kind === 'file' ? { sha256: frame.sha256, contentType: frame.contentType } : null
}
