import { describe, expect, test } from 'vitest'
import { RULES } from '../../helpers/architecture/rules.ts'
import { parseSource } from '../../helpers/architecture/sourceFile.ts'

/** One file for each way to breach a rule. */
const BREACHES: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['1. shared imports itself', 'src/shared/domain/a.ts', `import { b } from '../../main/b.ts'`],
  ['1. shared imports itself', 'src/shared/domain/a.ts', `import fs from 'node:fs'`],
  ['1. shared exports no mutable', 'src/shared/domain/a.ts', `export let count = 0`],
  ['1. shared exports no mutable', 'src/shared/domain/a.ts', `export const list = ['a']`],
  ['1. shared exports no mutable', 'src/shared/domain/a.ts', `export const seen = new Map()`],
  ['2. renderer', 'src/renderer/App.tsx', `import { jobs } from '../main/jobs/runner.ts'`],
  ['2. renderer', 'src/renderer/App.tsx', `import type { A } from '../main/engine.ts'`],
  ['2. renderer', 'src/renderer/App.tsx', `import { join } from 'path'`],
  ['2. renderer', 'src/renderer/App.tsx', `import { z } from 'zod'`],
  ['2. renderer', 'src/renderer/App.tsx', `import { jobSchema } from '../shared/domain/job.ts'`],
  ['preload imports', 'src/preload/index.ts', `import { z } from 'zod'`],
  ['cli imports', 'src/cli/run.ts', `import { runner } from '../main/jobs/runner.ts'`],
  ['the arrows', 'src/main/jobs/runner.ts', `import { open } from '../storage/openDatabase.ts'`],
  ['the arrows', 'src/main/media/probe.ts', `import type { R } from '../ipc/router.ts'`],
  ['the arrows', 'src/main/library/a.ts', `import { compose } from '../compose.ts'`],
  ['the arrows', 'src/main/window/menu.ts', `import { app } from '../index.ts'`],
  [
    '3. a feature',
    'src/renderer/features/queue/Queue.tsx',
    `import { R } from '../review/index.ts'`,
  ],
  ['3. ui', 'src/renderer/ui/Button.tsx', `import { store } from '../store/store.ts'`],
  ['4. jobs', 'src/main/jobs/runner.ts', `import { randomUUID } from 'node:crypto'`],
  ['4. jobs', 'src/main/jobs/runner.ts', `import { readFile } from 'node:fs/promises'`],
  [
    '5. a provider',
    'src/main/providers/fal/provider.ts',
    `import { a } from '../replicate/index.ts'`,
  ],
  [
    '5. a provider',
    'src/main/providers/fal/provider.ts',
    `import type { S } from '../../storage/secrets.ts'`,
  ],
  [
    '5. a provider',
    'src/main/providers/fal/provider.ts',
    `import { probe } from '../../media/probe.ts'`,
  ],
  ['6. electron', 'src/main/library/frames.ts', `import { app } from 'electron'`],
  ['6. electron', 'src/main/library/frames.ts', `import Store from 'electron-store'`],
  ['6. ipcMain', 'src/main/window/menu.ts', `import { ipcMain } from 'electron'`],
  ['6. ipcMain', 'src/main/index.ts', `import { ipcRenderer } from 'electron/renderer'`],
  ['6. child_process', 'src/main/media/probe.ts', `import { spawn } from 'node:child_process'`],
  ['6. the network', 'src/main/providers/fal/provider.ts', `import { request } from 'undici'`],
  ['6. the network', 'src/main/review/handOff.ts', `await fetch('https://example.com')`],
  ['6. the network', 'src/main/window/mediaProtocol.ts', `await net.fetch('https://example.com')`],
  ['6. the network', 'src/renderer/App.tsx', `new WebSocket('wss://example.com')`],
  ['7. no barrels', 'src/main/jobs/index.ts', `export { runner } from './runner.ts'`],
  ['7. no barrels', 'src/shared/domain/all.ts', `export * from './job.ts'\nexport const a = 1`],
  [
    '7. providers and features',
    'src/renderer/App.tsx',
    `import { Row } from './features/queue/Row.tsx'`,
  ],
  [
    '7. providers and features',
    'src/main/compose.ts',
    `import { a } from './providers/fal/request.ts'`,
  ],
]

/** A little of everything that is allowed. */
const SOUND: readonly (readonly [path: string, text: string])[] = [
  ['src/shared/domain/job.ts', `import { z } from 'zod'\nexport const STATUSES = ['a'] as const`],
  ['src/shared/domain/take.ts', `export const byName: ReadonlyMap<string, number> = new Map()`],
  ['src/renderer/App.tsx', `import type { jobSchema } from '../shared/domain/job.ts'`],
  ['src/renderer/features/queue/index.ts', `export { Queue } from './Queue.tsx'`],
  ['src/renderer/features/queue/Queue.tsx', `import { Button } from '../../ui/Button.tsx'`],
  ['src/main/jobs/runner.ts', `import type { MediaService } from '../media/port.ts'`],
  ['src/renderer/shell/Shell.tsx', `import { D } from '../features/draft/DraftScreen.tsx'`],
  ['src/main/jobs/intent.ts', `import { createHash } from 'node:crypto'`],
  ['src/renderer/store/store.ts', `import { queueSlice } from './queueSlice.ts'`],
  ['src/renderer/store/queueSlice.ts', `import type { Store } from './store.ts'`],
  ['src/main/providers/fal/index.ts', `export { fal } from './provider.ts'`],
  ['src/main/providers/fal/provider.ts', `import { call } from '../http/call.ts'`],
  ['src/main/providers/http/call.ts', `import { request } from 'undici'`],
  [
    'src/main/compose.ts',
    `import { fal } from './providers/fal/index.ts'\nimport { probe } from './media/probe.ts'`,
  ],
  ['src/main/index.ts', `import { app } from 'electron'\nimport { compose } from './compose.ts'`],
  ['src/main/ipc/router.ts', `import { ipcMain } from 'electron'`],
  ['src/main/storage/secrets.ts', `import { safeStorage } from 'electron'`],
  ['src/main/media/runFfmpeg.ts', `import { spawn } from 'node:child_process'`],
  ['src/cli/index.ts', `import { compose } from '../main/compose.ts'`],
  ['src/preload/index.ts', `import { ipcRenderer } from 'electron/renderer'`],
]

const checkAll = (files: readonly (readonly [path: string, text: string])[]) =>
  RULES.map(({ name, check }) => ({
    name,
    found: check(files.map(([path, text]) => parseSource(path, text))),
  })).filter(({ found }) => found.length > 0)

describe('the architecture rules', () => {
  test.each(BREACHES)('catch a breach of "%s" in %s: %s', (rule, path, text) => {
    expect(checkAll([[path, text]]).map(({ name }) => name.startsWith(rule))).toContain(true)
  })

  test('catch a cycle of any length', () => {
    const found = checkAll([
      ['src/main/jobs/a.ts', `import { b } from './b.ts'`],
      ['src/main/jobs/b.ts', `import { c } from './c.ts'`],
      ['src/main/jobs/c.ts', `import { a } from './a.ts'`],
    ])
    expect(found.map(({ name }) => name)).toEqual(['7. no import cycles'])
  })

  test('catch electron that the command line would load through others', () => {
    const found = checkAll([
      ['src/cli/index.ts', `import { compose } from '../main/compose.ts'`],
      ['src/main/compose.ts', `import { secrets } from './storage/secrets.ts'`],
      ['src/main/storage/secrets.ts', `import { safeStorage } from 'electron'`],
    ])
    expect(found.map(({ name }) => name)).toEqual(['the command line loads no electron'])
  })

  test('catch a schema library that the page would load through others', () => {
    const found = checkAll([
      ['src/renderer/App.tsx', `import { hours } from '../shared/schedule/hours.ts'`],
      ['src/shared/schedule/hours.ts', `import { DAY } from '../domain/plan.ts'`],
      ['src/shared/domain/plan.ts', `import { z } from 'zod'\nexport const DAY = 24`],
    ])
    expect(found.map(({ name }) => name)).toEqual(['the page loads no schema library'])
  })

  test('leave sound code alone', () => {
    expect(checkAll(SOUND)).toEqual([])
  })

  test('say where and what to do', () => {
    const [file] = [parseSource('src/cli/run.ts', `import { a } from '../main/jobs/a.ts'`)]
    expect(RULES.flatMap(({ check }) => check([file]))).toEqual([
      'src/cli/run.ts imports src/main/jobs/a.ts: go through main/compose',
    ])
  })
})
