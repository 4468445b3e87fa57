import { expect, test } from 'vitest'
import { createEngineHost } from '../../../../src/main/ipc/engineHost.ts'
import { err, ok, type Result } from '../../../../src/shared/domain/result.ts'
import type { AppEngine, AppReads } from '../../../../src/main/ipc/appEngine.ts'
import type { EngineState } from '../../../../src/shared/ipc/appInfo.ts'
import type { OpenError } from '../../../../src/main/engine.ts'

const held: OpenError = { code: 'heldByOther', message: 'The command line, process 7, has it.' }

function setUp(answers: Result<null, OpenError>[]) {
  const closed: string[] = []
  const states: EngineState[] = []
  let opened = 0
  // The host looks at nothing of an engine but its `close`.
  const closable = (name: string) =>
    ({ close: () => Promise.resolve(void closed.push(name)) }) as unknown
  const host = createEngineHost({
    open: () => {
      opened += 1
      const answer = answers.shift() ?? err(held)
      return Promise.resolve(answer.ok ? ok(closable('engine') as AppEngine) : answer)
    },
    openReader: () => Promise.resolve(ok(closable('reader') as AppReads)),
    onRunning: () => undefined,
    onState: (state) => states.push(state),
  })
  return { host, states, closed, openings: () => opened }
}
const codeOf = (result: Result<unknown, { code: string }>) => (result.ok ? 'ok' : result.error.code)

test('before it is open nothing can be asked, afterwards everything', async () => {
  const { host, states } = setUp([ok(null)])
  expect(codeOf(host.reads())).toBe('ENGINE_CLOSED')
  await host.open()
  expect([codeOf(host.reads()), codeOf(host.works())]).toEqual(['ok', 'ok'])
  expect(states).toEqual([{ kind: 'running' }])
})

test('beside another engine one can look but not work, and the refusal says who has it', async () => {
  const { host } = setUp([err(held)])
  expect(await host.open()).toEqual({ kind: 'readOnly', message: held.message })
  expect(host.reads().ok).toBe(true)
  expect(host.works()).toMatchObject({ error: { code: 'ENGINE_HELD', message: held.message } })
})

test('a retry that gets the folder takes the place of the reader', async () => {
  const { host, closed } = setUp([err(held), err(held), ok(null)])
  await host.open()
  await host.open()
  expect(closed).toEqual([])
  expect(await host.open()).toEqual({ kind: 'running' })
  expect(closed).toEqual(['reader'])
})

test('a database that cannot be used is a failed state with its own words', async () => {
  const broken: OpenError = { code: 'databaseBroken', message: 'Restore a backup.' }
  const { host } = setUp([err(broken)])
  expect(await host.open()).toEqual({ kind: 'failed', ...broken })
  expect(host.reads()).toMatchObject({ error: { code: 'ENGINE_CLOSED', message: broken.message } })
})

test('asked twice at once, it opens once', async () => {
  const { host, openings } = setUp([ok(null)])
  await Promise.all([host.open(), host.open()])
  await host.open()
  expect(openings()).toBe(1)
})

test('closing closes what is open', async () => {
  const { host, closed } = setUp([ok(null)])
  await host.open()
  await host.close()
  expect(closed).toEqual(['engine'])
  expect(host.reads().ok).toBe(false)
})
