import { expect, test } from 'vitest'
import { clockWords } from '../../../src/shared/schedule/windowWords.ts'
import { eventsOf, runCli, startCli } from '../../helpers/cli.ts'
import { folderWith } from '../../helpers/folder.ts'

const BATCH = 'prompt,size,duration\nA fox,160x90,0.5\nAn owl,160x90,0.5\n'
const FAST = { DAILIES_TIME_SCALE: '10', DAILIES_POLL_MIN_MS: '20', TZ: 'UTC' }
const args = ['--data-dir', 'data', '--out', 'out', '--json']

/** A window of an hour, so many hours from now. */
function windowIn(hours: number): string {
  const hour = new Date().getUTCHours() + hours
  return `${clockWords((hour % 24) * 60)}-${clockWords(((hour + 1) % 24) * 60)}`
}

test('a run for a window that is closed sends nothing, says until when, and can be resumed at once', async () => {
  const cwd = folderWith({ 'b.csv': BATCH })
  const window = windowIn(3)
  const process = startCli({
    args: ['run', 'b.csv', '--rehearse', '--window', window, ...args],
    cwd,
    env: FAST,
  })
  const reason = `window opens ${window.slice(0, 5)}`
  await process.seen('waits', (line) => line['reason'] === reason)
  const look = async () => (await runCli({ args: ['status', '--data-dir', 'data'], cwd })).stdout
  expect(await look()).not.toContain('Nothing works on this now')
  process.child.kill('SIGTERM')
  const stopped = await process.ended
  expect(stopped.code).toBe(130)
  expect(eventsOf(stopped, 'take')).toHaveLength(0)
  expect(stopped.events.at(-1)).toMatchObject({ event: 'summary', waiting: 2 })
  expect(await look()).toContain('while the app is open, or by `dailies resume`')
  const resumed = await runCli({ args: ['resume', ...args], cwd, env: FAST })
  expect(resumed.code).toBe(0)
  expect(eventsOf(resumed, 'take')).toHaveLength(2)
})

test('a window that is open lets the run go on to its end', async () => {
  const cwd = folderWith({ 'b.csv': BATCH })
  const ended = await runCli({
    args: ['run', 'b.csv', '--rehearse', '--window', '00:00-00:00', ...args],
    cwd,
    env: FAST,
  })
  expect(ended.code).toBe(0)
})

test('a window that cannot be read is refused before anything is made', async () => {
  const cwd = folderWith({ 'b.csv': BATCH })
  const ended = await runCli({
    args: ['run', 'b.csv', '--rehearse', '--window', 'at night', ...args],
    cwd,
    env: FAST,
  })
  expect(ended.code).toBe(2)
  expect(ended.stderr).toContain('23:00-07:00')
})
