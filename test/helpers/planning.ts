import { resolve } from 'node:path'
import { createFrameStore, type FrameStore } from '../../src/main/library/frameStore.ts'
import { loadCatalogue } from '../../src/main/library/loadCatalogue.ts'
import {
  planFile,
  type BatchOptions,
  type PlanFileRequest,
} from '../../src/main/library/planning/planFile.ts'
import { readImageHead } from '../../src/main/media/imageFile.ts'
import type { PlanOptions } from '../../src/main/library/planning/planOptions.ts'

const bundled = resolve(import.meta.dirname, '../../resources/models')
const { catalogue } = await loadCatalogue({ bundled, own: null })

export const NO_OPTIONS: PlanOptions = {
  defaults: {},
  expand: { kind: 'product' },
  plain: false,
  rehearse: false,
  maxJobsPerRow: null,
}
export const NO_BATCH: BatchOptions = {
  name: null,
  project: null,
  budgetMicros: null,
  allowUnpriced: false,
  tonight: false,
  concurrency: null,
  outDir: null,
}

/** The frame store of a data folder, with facts from the head of a picture alone. */
export const framesIn = (dataDir: string): FrameStore =>
  createFrameStore({ folder: resolve(dataDir, 'frames'), imageFacts: readImageHead })

export interface PlanCase extends Partial<PlanOptions> {
  readonly sheet?: string
  readonly batch?: Partial<BatchOptions>
}

/** Plans a file with the real catalogue. */
export function plan(path: string, { sheet, batch, ...options }: PlanCase = {}) {
  const request: PlanFileRequest = {
    path,
    sheet,
    options: { ...NO_OPTIONS, ...options },
    batch: { ...NO_BATCH, ...batch },
  }
  return planFile(request, { catalogue, frames: framesIn(resolve(path, '..', 'data')) })
}

/** A PNG of one pixel, as small as can be. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
