import type { JobError } from '../../../shared/domain/errors.ts'
import type { Result } from '../../../shared/domain/result.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import type { SheetTools } from '../../media/contactSheet.ts'
import type { ExportSources } from '../export/planExports.ts'
import { writeContactSheet } from './writeContactSheet.ts'
import { writeHandoff, type HandoffWish } from './writeHandoff.ts'

/** Files for other people's programs, made of takes. */
export interface Handoff {
  /** Error: why nothing was written, in words. */
  write(wish: HandoffWish, path: string): Promise<Result<{ readonly shots: number }, string>>
  /** Gives the paths of its files: several pages are several PNGs, and one PDF. */
  contactSheet(wish: ContactSheetWish): Promise<Result<readonly string[], JobError>>
}
export interface ContactSheetWish {
  readonly name: string
  readonly takes: readonly TakeView[]
  /** Its ending says PNG or PDF. */
  readonly path: string
}

export const createHandoff = (sources: ExportSources, tools: SheetTools): Handoff => ({
  write: (wish, path) => writeHandoff(sources, wish, path),
  contactSheet: ({ name, takes, path }) =>
    writeContactSheet(tools, {
      title: name,
      subtitle: takes.length === 1 ? '1 take' : `${takes.length} takes`,
      takes,
      path,
    }),
})
