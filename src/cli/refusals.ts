import { EXIT, type ExitCode } from './exitCode.ts'
import { problemEvent } from './events.ts'
import type { OpenError } from '../main/engine.ts'
import type { Output } from './terminal/output.ts'

export interface Refusal {
  readonly code: string
  readonly message: string
  readonly mend?: string | undefined
  /** An option, e.g. `--budget`. */
  readonly column?: string | undefined
}

/** Something that a person asked for cannot be done: one problem of the whole, exit 2. */
export function refuse(output: Output, refusal: Refusal): ExitCode {
  const { code, message, mend = '', column = null } = refusal
  output.event(problemEvent({ row: null, column, code, message, mend }))
  output.error(mend === '' ? message : `${message} ${mend}`)
  return EXIT.badUse
}

/** The engine did not open. */
export function refuseOpen(output: Output, { code, message }: OpenError): ExitCode {
  refuse(output, { code, message, column: code === 'folderUnusable' ? '--data-dir' : undefined })
  return code === 'heldByOther' ? EXIT.held : EXIT.badUse
}
