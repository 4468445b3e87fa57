import { resolve } from 'node:path'
import { EXPORT_QUALITIES } from '../../shared/domain/export.ts'
import { EXIT, type ExitCode } from '../exitCode.ts'
import { listenForInterrupts } from '../interrupts.ts'
import { Option } from 'commander'
import { refuse } from '../refusals.ts'
import type { AddCommand } from '../command.ts'
import type { CommandContext } from '../context.ts'
import type { Moment, TrimFileWish, TrimmedFile } from '../../main/review/export/trimFile.ts'

interface TrimOptions {
  readonly in?: string
  readonly mode?: 'instant' | 'exact'
  readonly quality: TrimFileWish['quality']
  readonly output?: string
}

export const addTrim: AddCommand = (program, run) => {
  const command = program
    .command('trim')
    .description('one clip out of a video, exact to the frame; here --out is the out point')
    .argument('<video>', 'a video file; it is not changed')
    .option('--in <time>', 'in point: seconds, h:mm:ss.s, or a frame such as 48f (the start)')
    .addOption(
      new Option('--mode <how>', 'how; without it instant where that is possible').choices([
        'instant',
        'exact',
      ]),
    )
    .addOption(
      new Option('--quality <name>', 'of an exact trim')
        .choices(EXPORT_QUALITIES)
        .default(EXPORT_QUALITIES[0]),
    )
    .option('--output <file>', 'where to; its ending chooses the format (beside the video)')
    .action((video: string, options: TrimOptions) =>
      run(command, (context) => trim(context, video, options)),
    )
}

async function trim(
  context: CommandContext,
  video: string,
  options: TrimOptions,
): Promise<ExitCode> {
  const { output } = context
  // The program's own --out is read before this command sees it.
  const points = { '--in': options.in, '--out': context.options.out }
  const moments = Object.entries(points).map(([name, text]) => ({ name, ...readMoment(text) }))
  const wrong = moments.find(({ isWrong }) => isWrong)
  if (wrong !== undefined) {
    const mend = 'Give seconds such as 2.5, h:mm:ss.s, or a frame such as 48f.'
    return refuse(output, { code: 'badTime', column: wrong.name, message: 'It is no time.', mend })
  }
  const interrupts = listenForInterrupts()
  const tools = await context.open()
  try {
    const trimmed = await tools.trim(
      {
        path: resolve(video),
        from: moments[0]?.moment ?? null,
        to: moments[1]?.moment ?? null,
        mode: options.mode ?? 'auto',
        quality: options.quality,
        output: options.output ?? null,
      },
      { signal: interrupts.signal, onChoice: (words) => output.note(words) },
    )
    if (trimmed.ok) return tell(context, trimmed.value)
    refuse(output, trimmed.error)
    if (interrupts.signal.aborted) return EXIT.interrupted
    return trimmed.error.kind === 'usage' ? EXIT.badUse : EXIT.someFailed
  } finally {
    await tools.close()
  }
}

function tell({ output }: CommandContext, trimmed: TrimmedFile): ExitCode {
  const { path, method, words, inFrame, outFrame, seconds } = trimmed
  output.event({ event: 'trimmed', path, method, words, inFrame, outFrame, seconds })
  output.line(path)
  return EXIT.allSucceeded
}

interface ReadMoment {
  readonly moment: Moment | null
  readonly isWrong: boolean
}

/** `2.5`, `0:01:02.5` or `48f`; absent is no moment. */
function readMoment(text: string | undefined): ReadMoment {
  if (text === undefined) return { moment: null, isWrong: false }
  const frame = /^(\d{1,9})f$/.exec(text)
  if (frame !== null) return { moment: { frame: Number(frame[1]) }, isWrong: false }
  const clock = /^(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:\.\d+)?)$/.exec(text)
  if (clock === null) return { moment: null, isWrong: true }
  const [, hours = '0', minutes = '0', seconds = '0'] = clock
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return { moment: { seconds: total }, isWrong: false }
}
