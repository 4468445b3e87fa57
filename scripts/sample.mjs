import { existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { contactSheet, whyNotPlayable } from './ffmpeg.mjs'
import { projectNode } from './projectNode.mjs'
import { inProject, run } from './run.mjs'
import { Problem, say, step } from './steps.mjs'

const SAMPLE = inProject('resources', 'sample', 'sample.csv')

/**
 * Renders the sample batch without a window and checks every clip by decoding it to its end.
 * @throws Problem when a job did not succeed or a clip is not a playable video.
 */
export async function runSample(ffmpeg) {
  const folder = newFolder()
  say(`Rendering the sample batch with the rehearsal renderer (free, local) into ${folder}`)
  const takes = await render(folder, ffmpeg)
  await step(`Checking ${takes.length} clips`, () => checkClips(ffmpeg, takes))
  const sheet = join(folder, 'contact-sheet.png')
  const pictures = takes.map((take) => take.posterPath).filter((path) => path && existsSync(path))
  if (pictures.length > 0) {
    await step('Making the contact sheet', () =>
      contactSheet(ffmpeg, { pictures, columns: 3, output: sheet }),
    )
  }
  say(`\n${takes.length} clips, all playable:`)
  for (const { path } of takes) say(`  ${path}`)
  say(`Posters:\n${pictures.map((path) => `  ${path}`).join('\n')}`)
  if (pictures.length > 0) say(`Contact sheet:\n  ${sheet}`)
}

/** A fresh folder each time, so that it works twice in a row and one folder holds everything. */
function newFolder() {
  for (let n = 1; ; n += 1) {
    const folder = inProject(`dailies-sample-${n}`)
    if (existsSync(folder)) continue
    try {
      mkdirSync(folder)
      return folder
    } catch (error) {
      throw new Problem(`${folder} cannot be made (${error.code}). Mend that and try again.`)
    }
  }
}

async function render(folder, ffmpeg) {
  const takes = []
  let jobs = 0
  const args = ['run', SAMPLE, '--provider', 'rehearsal', '--again', '--yes', '--json']
  args.push('--data-dir', join(folder, 'data'), '--out', folder)
  const { code, output } = await run(
    projectNode(),
    [inProject('scripts', 'dailies.mjs'), ...args],
    {
      env: ffmpeg === 'ffmpeg' ? {} : { FFMPEG_PATH: ffmpeg },
      onLine(line) {
        const event = JSON.parse(line)
        if (event.event === 'admitted') jobs = event.jobs
        if (event.event === 'problem') say(`  row ${event.row}: ${event.message} ${event.mend}`)
        if (event.event === 'job' && event.error) say(`  row ${event.row}: ${event.error.message}`)
        if (event.event !== 'take') return
        takes.push(event)
        say(`  ${takes.length} of ${jobs}  ${basename(event.path)}`)
      },
    },
  )
  if (code === 0 && takes.length > 0 && takes.length === jobs)
    return takes.toSorted((a, b) => a.path.localeCompare(b.path))
  const facts = `${takes.length} of ${jobs} clips arrived, exit code ${code}`
  throw new Problem(`The sample batch did not finish (${facts}).\n${output.trim()}`)
}

async function checkClips(ffmpeg, takes) {
  for (const { path } of takes) {
    const why = await whyNotPlayable(ffmpeg, path)
    if (why !== undefined) throw new Problem(`${path} is not a playable video: ${why}`)
  }
}
