import { expect, test } from 'vitest'
import { createDispatch, type Handlers } from '../../../../src/main/ipc/dispatch.ts'
import { StorageError } from '../../../../src/main/storage/storageError.ts'
import { err, ok } from '../../../../src/shared/domain/result.ts'
import { ipcError } from '../../../../src/shared/ipc/ipcError.ts'
import type { BatchView } from '../../../../src/shared/domain/batch.ts'

function setUp(handlers: Partial<Handlers>) {
  const reported: { error: unknown; route: string }[] = []
  const dispatch = createDispatch({
    // Only the routes of each test are asked for.
    handlers: handlers as Handlers,
    report: (error, route) => reported.push({ error, route }),
  })
  return { dispatch, reported }
}
const batch = { id: 'batch_01J8ZQ', name: 'Night shots' } as unknown as BatchView

test('a parsed input reaches its handler, and the answer comes in an envelope', async () => {
  const { dispatch } = setUp({ 'queue.batch': ({ batchId }) => ok({ ...batch, id: batchId }) })
  const input = { batchId: 'batch_01J8ZQ' }
  expect(await dispatch({ route: 'queue.batch', input, isTrusted: true })).toEqual({
    ok: true,
    data: batch,
  })
})

test.each(['queue.everything', 'constructor', '__proto__', 'toString', 7, null, undefined, {}])(
  'an unknown route (%s) is refused',
  async (route) => {
    const { dispatch } = setUp({})
    const answer = await dispatch({ route, input: undefined, isTrusted: true })
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNKNOWN_ROUTE' } })
  },
)

test('nobody but our own page gets as far as the handler', async () => {
  let calls = 0
  const { dispatch } = setUp({
    'app.quit': () => {
      calls += 1
      return ok(undefined)
    },
  })
  const answer = await dispatch({ route: 'app.quit', input: undefined, isTrusted: false })
  expect(answer).toMatchObject({ ok: false, error: { code: 'UNTRUSTED_SENDER' } })
  expect(calls).toBe(0)
})

test.each([
  [undefined],
  [{ batchId: 'job_01J8ZQ' }],
  [{ batchId: 'batch_../..' }],
  [{ batchId: 'batch_01J8ZQ', path: '/etc/passwd' }],
])('a bad input (%j) is refused with its place', async (input) => {
  const { dispatch } = setUp({ 'queue.batch': () => ok(batch) })
  const answer = await dispatch({ route: 'queue.batch', input, isTrusted: true })
  expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
})

test('what a handler expects to go wrong keeps its code and details', async () => {
  const error = ipcError('NOT_FOUND', 'There is no such batch.', { batchId: batch.id })
  const { dispatch, reported } = setUp({ 'queue.batch': () => err(error) })
  const input = { batchId: batch.id }
  expect(await dispatch({ route: 'queue.batch', input, isTrusted: true })).toEqual({
    ok: false,
    error,
  })
  expect(reported).toEqual([])
})

test('a bug in a handler is reported and becomes INTERNAL; the call never rejects', async () => {
  const bug = new TypeError('rows is not iterable')
  const { dispatch, reported } = setUp({ 'queue.batch': () => Promise.reject(bug) })
  const input = { batchId: batch.id }
  expect(await dispatch({ route: 'queue.batch', input, isTrusted: true })).toMatchObject({
    ok: false,
    error: { code: 'INTERNAL', message: expect.stringContaining('rows is not iterable') as string },
  })
  expect(reported).toEqual([{ error: bug, route: 'queue.batch' }])
})

test('a disk that refuses is told in its own words, not as a fault of ours', async () => {
  const full = new StorageError('diskFull', 'The disk is full. Make room.')
  const { dispatch } = setUp({ 'queue.batch': () => Promise.reject(full) })
  const input = { batchId: batch.id }
  expect(await dispatch({ route: 'queue.batch', input, isTrusted: true })).toEqual({
    ok: false,
    error: { code: 'diskFull', message: 'The disk is full. Make room.' },
  })
})
