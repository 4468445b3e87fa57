import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { OpenedEngine } from '../../../src/main/compose.ts'
import { folderWith } from '../../helpers/folder.ts'
import { moneyLab, until } from '../../helpers/moneyLab.ts'
import { smallDisk } from '../../helpers/smallDisk.ts'
import { clipOf } from '../../servers/clip.ts'
import type { RequestKind } from '../../servers/types.ts'

/** Calls back at the first request of a kind. */
function atFirst(kind: RequestKind): {
  readonly onRequest: (seen: RequestKind) => void
  do: () => void
} {
  let isDone = false
  const hook = {
    do: (): void => undefined,
    onRequest: (seen: RequestKind) => {
      if (seen !== kind || isDone) return
      isDone = true
      hook.do()
    },
  }
  return hook
}

const namesOf = ({ storage }: OpenedEngine): readonly string[] =>
  storage.db.all('SELECT path FROM outputs').map(({ path }) => String(path))

describe('the name of a clip', () => {
  it('that somebody takes while it is fetched stays theirs, and the clip gets another', async () => {
    const outDir = join(folderWith(), 'out')
    const first = atFirst('file')
    const lab = await moneyLab('fal', { jobs: 2, outDir, onRequest: first.onRequest })
    const theirs: string[] = []
    await lab.work({
      meanwhile: async (_, opened) => {
        first.do = () => {
          theirs.push(...namesOf(opened))
          for (const path of theirs) writeFileSync(path, clipOf('theirs', 0))
        }
        await until(() => theirs.length > 0)
      },
    })
    expect(await lab.audit({ theirs })).toEqual([])
    for (const path of theirs) expect(readFileSync(path)).toEqual(Buffer.from(clipOf('theirs', 0)))
  })

  it('is another for each of many clips that would have the same', async () => {
    const lab = await moneyLab('fal', { prompts: ['Same words', 'same WORDS', 'Same, words!'] })
    const rows = lab.plan.jobs.map((job) => ({ ...job, row: 1 }))
    const opened = await lab.open()
    await opened.engine.commands.admit({ ...lab.plan, jobs: rows }, { again: false })
    opened.engine.start({ obeyWindows: false })
    await opened.engine.settled({})
    const names = namesOf(opened).map((path) => path.toLowerCase())
    await opened.engine.stop()
    expect(new Set(names).size).toBe(3)
    expect(await lab.audit()).toEqual([])
  })
})

describe('the folder for media', () => {
  // A drive that was pulled out may leave a place where the folder could be made anew, on another disk.
  it.each(['a file lies in its place', 'its place is free'])(
    'that vanishes in mid download costs no clip: they go to the data folder (%s)',
    async (what) => {
      const outDir = join(folderWith(), 'out')
      const first = atFirst('file')
      const lab = await moneyLab('lumenfall', { outDir, onRequest: first.onRequest })
      first.do = () => {
        renameSync(outDir, `${outDir} elsewhere`)
        if (what === 'a file lies in its place') writeFileSync(outDir, 'in the way')
      }
      expect(await lab.work()).toMatchObject({ succeeded: 3 })
      expect(existsSync(outDir)).toBe(what === 'a file lies in its place')
      rmSync(outDir, { force: true })
      expect(await lab.audit()).toEqual([])
    },
  )

  it('that is gone at the start stops new orders and says so, until it is back', async () => {
    const outDir = join(folderWith(), 'out')
    const lab = await moneyLab('fal', { outDir })
    rmSync(outDir, { recursive: true })
    writeFileSync(outDir, 'in the way')
    const halts: string[] = []
    await lab.work({
      meanwhile: async (engine) => {
        engine.subscribe((event) => void (event.type === 'halted' && halts.push(event.code)))
        await until(() => halts.length > 0)
        expect(await lab.server.bill()).toEqual([])
        rmSync(outDir)
        mkdirSync(outDir)
      },
    })
    expect(halts).toEqual(['folderUnusable'])
    expect(await lab.audit()).toEqual([])
    expect(await lab.server.bill()).toHaveLength(3)
  })
})

describe('a disk that is full', () => {
  it.each(['fal', 'lumenfall'] as const)(
    'between the create and its answer loses neither (%s), killed there or not',
    async (id) => {
      for (const isKilled of [true, false]) {
        const disk = smallDisk(160)
        if (disk === null) return console.warn('skipped: mounting is not permitted here')
        const first = atFirst('create')
        const lab = await moneyLab(id, {
          dataDir: join(disk.folder, 'data'),
          jobs: 2,
          concurrency: 1,
          onRequest: first.onRequest,
        })
        first.do = () => disk.fill()
        const run = lab.spawn()
        await run.until(async () => (await lab.server.bill()).length === 1)
        await run.seen('halted')
        if (isKilled) {
          run.child.kill('SIGKILL')
          await run.ended
          disk.free()
          await lab.work()
        } else {
          disk.free()
          await run.seen('settled')
          await run.ended
        }
        expect(await lab.audit()).toEqual([])
        // The same key again is answered by the same render, for nothing.
        const bill = await lab.server.bill()
        expect(bill.filter(({ accepted }) => accepted)).toHaveLength(2)
      }
    },
  )

  it('while a clip is fetched keeps it, and goes on by itself when there is room', async () => {
    const disk = smallDisk(200)
    if (disk === null) return console.warn('skipped: mounting is not permitted here')
    const first = atFirst('file')
    const outDir = join(disk.folder, 'out')
    const lab = await moneyLab('replicate', {
      outDir,
      jobs: 2,
      settings: { fileBytes: 3_000_000 },
      onRequest: first.onRequest,
    })
    first.do = () => disk.fill()
    await lab.work({
      meanwhile: async (engine) => {
        const halts: string[] = []
        engine.subscribe((event) => void (event.type === 'halted' && halts.push(event.code)))
        await until(() => halts.length > 0)
        expect(halts[0]).toBe('diskFull')
        disk.free()
      },
    })
    expect(existsSync(outDir)).toBe(true)
    expect(await lab.audit()).toEqual([])
    expect(await lab.server.bill()).toHaveLength(2)
  })

  it('takes no order at all', async () => {
    const disk = smallDisk(60)
    if (disk === null) return console.warn('skipped: mounting is not permitted here')
    const lab = await moneyLab('fal', { outDir: join(disk.folder, 'out') })
    const { engine } = await lab.open()
    await engine.commands.admit(lab.plan, { again: false })
    const halts: string[] = []
    engine.subscribe((event) => void (event.type === 'halted' && halts.push(event.code)))
    engine.start({ obeyWindows: false })
    await until(() => halts.length > 0)
    await engine.stop()
    expect(halts).toEqual(['diskFull'])
    expect(await lab.server.bill()).toEqual([])
  })
})
