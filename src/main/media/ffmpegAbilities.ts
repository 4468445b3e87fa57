import type { JobError } from '../../shared/domain/errors.ts'
import { ok, type Result } from '../../shared/domain/result.ts'
import { flags } from './ffmpegArgs.ts'
import type { FfmpegRunner } from './runFfmpeg.ts'

/** What the ffmpeg at hand can do, for `doctor` and for work that can do without. */
export interface FfmpegAbilities {
  /** As it says itself, e.g. `7.1`; `unknown` when it does not. */
  readonly version: string
  /** In words, what the app needs and this build lacks; empty when it has all. */
  readonly missing: readonly string[]
}

const NEEDED_FILTERS = [
  ['ass', 'text over pictures (libass)'],
  ['xfade', 'cross-fades'],
  ['perspective', 'camera moves'],
] as const

/** Asks ffmpeg for its version, filters and encoders. Errors as `FfmpegRunner.run`. */
export async function readAbilities(
  runner: FfmpegRunner,
  signal: AbortSignal,
): Promise<Result<FfmpegAbilities, JobError>> {
  const version = await runner.run({ args: ['-version'], signal })
  if (!version.ok) return version
  const filters = await runner.run({ args: flags('-v error -filters'), signal })
  if (!filters.ok) return filters
  const encoders = await runner.run({ args: flags('-v error -encoders'), signal })
  if (!encoders.ok) return encoders
  const lacks = NEEDED_FILTERS.filter(([name]) => !lists(filters.value.stdout, name))
  const hasX264 = lists(encoders.value.stdout, 'libx264')
  return ok({
    version: /^ffmpeg version (\S+)/.exec(version.value.stdout)?.[1] ?? 'unknown',
    missing: [...lacks.map(([, what]) => what), ...(hasX264 ? [] : ['H.264 encoding (libx264)'])],
  })
}

/** Lines look like ` T.. ass   V->V   Render ...`; source: `ffmpeg -filters`, `-encoders`. */
const lists = (text: string, name: string): boolean =>
  new RegExp(String.raw`^\s*\S+\s+${name}\s`, 'm').test(text)

const textAbility = new WeakMap<FfmpegRunner, Promise<boolean>>()

/** Whether this ffmpeg can write text (some builds have no libass). Asked once for each runner. */
export function canWriteText(runner: FfmpegRunner, signal: AbortSignal): Promise<boolean> {
  const known = textAbility.get(runner)
  if (known !== undefined) return known
  const asked = runner
    .run({ args: flags('-v error -filters'), signal })
    // A run that was stopped tells nothing: ask again next time.
    .then((run) => (run.ok ? lists(run.value.stdout, 'ass') : forget(runner)))
  textAbility.set(runner, asked)
  return asked
}

function forget(runner: FfmpegRunner): boolean {
  textAbility.delete(runner)
  return true
}
