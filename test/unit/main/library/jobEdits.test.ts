import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { JobRequest } from '../../../../src/shared/domain/job.ts'
import { createJobEdits } from '../../../../src/main/library/jobEdits.ts'
import { loadCatalogue } from '../../../../src/main/library/loadCatalogue.ts'
import { framesIn, plan } from '../../../helpers/planning.ts'

const folder = mkdtempSync(join(tmpdir(), 'dailies-edits-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const bundled = resolve(import.meta.dirname, '../../../../resources/models')
const { catalogue } = await loadCatalogue({ bundled, own: null })
const edits = createJobEdits({ catalogue, frameStore: framesIn(folder) })

/** The first job of a batch file with these lines. */
async function jobOf(...lines: readonly string[]): Promise<JobRequest> {
  const path = join(folder, 'batch.csv')
  writeFileSync(path, lines.join('\n'))
  const planned = await plan(path)
  const job = planned.ok ? planned.value.plan.jobs[0] : undefined
  if (job === undefined) throw new Error(JSON.stringify(planned))
  return job
}

test('what is not changed stays as it was, to the byte that is sent', async () => {
  const job = await jobOf(
    'prompt,provider,model,duration,seed,options.cfg_scale,options.code,options.styles',
    '"A fox, {red|red}",fal,kling-v3,5,7,0.4,"""0042""","[""a"",""b""]"',
  )
  const again = await edits.plan(job, edits.valuesOf(job))
  expect(again).toMatchObject({
    ok: true,
    value: { request: job.request, estimate: job.estimate, route: job.route, prompt: 'A fox, red' },
  })
})

test('another length is normalised and priced anew, braces are text', async () => {
  const job = await jobOf('prompt,provider,model,duration', 'A fox,fal,kling-v3,5')
  const values = { ...edits.valuesOf(job), duration: '10', prompt: 'A {{fox}}' }
  const changed = await edits.plan(job, values)
  if (!changed.ok) throw new Error(JSON.stringify(changed.error))
  expect(changed.value.prompt).toBe('A {{fox}}')
  expect(changed.value.request.expect.durationSeconds).toBe(10)
  expect(changed.value.estimate?.micros).toBe((job.estimate?.micros ?? 0) * 2)
})

test('every problem is told with its field', async () => {
  const job = await jobOf('prompt,provider,model', 'A fox,rehearsal,')
  const values = { ...edits.valuesOf(job), duration: 'three', prompt: ' ' }
  const changed = await edits.plan(job, values)
  const fields = changed.ok ? [] : changed.error.map(({ field }) => field)
  expect(new Set(fields)).toEqual(new Set(['duration', 'prompt']))
})
