import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { promptsText, readPromptFile } from '../../../src/main/library/promptFile.ts'
import { createPromptLibrary, type PromptLibrary } from '../../../src/main/library/promptLibrary.ts'
import { listsFor, makeStarterLibrary } from '../../../src/main/library/starterLibrary.ts'
import type { NewPrompt, PromptId } from '../../../src/shared/domain/prompt.ts'
import { compileTemplate } from '../../../src/shared/template/compile.ts'
import { createLists } from '../../../src/shared/template/lists.ts'
import { libraryOptions } from './libraryDatabase.ts'

const resources = resolve(import.meta.dirname, '../../../resources')

let options: ReturnType<typeof libraryOptions>
let prompts: PromptLibrary
let folder: string
beforeEach(() => {
  options = libraryOptions()
  prompts = createPromptLibrary(options)
  folder = mkdtempSync(join(tmpdir(), 'dailies-prompts-'))
})
afterEach(() => {
  options.close()
  rmSync(folder, { recursive: true, force: true })
})

const entry = (name: string, text: string, more: Partial<NewPrompt> = {}): NewPrompt => ({
  kind: 'prompt',
  name,
  text,
  folder: '',
  tags: [],
  favourite: false,
  ...more,
})
async function added(prompt: NewPrompt): Promise<PromptId> {
  const saved = await prompts.save(null, prompt)
  return saved?.id ?? 'prompt_none'
}
const namesOf = (query: Partial<Parameters<PromptLibrary['list']>[0]>) =>
  prompts.list({ after: null, limit: 50, ...query }).rows.map(({ name }) => name)

describe('versions', () => {
  test('each text that an entry had can be read again, and gone back to', async () => {
    const id = await added(entry('Fog', 'A boat in fog'))
    await prompts.save(id, entry('Fog', 'A boat in thick fog'))
    await prompts.save(id, entry('Fog', 'A boat in thick fog', { tags: ['sea'] }))
    const versions = prompts.history(id)?.versions ?? []
    expect(versions.map(({ text }) => text)).toEqual(['A boat in thick fog', 'A boat in fog'])
    await prompts.save(id, entry('Fog', versions[1]?.text ?? ''))
    expect(prompts.get(id)?.text).toBe('A boat in fog')
  })
})

describe('duplicates', () => {
  test('texts that differ in case, blanks and marks alone are found', async () => {
    const first = await added(entry('One', 'A fox waits, at dawn.'))
    await added(entry('Two', 'a fox  waits at dawn'))
    await added(entry('Other', 'A fox waits at dusk'))
    expect(namesOf({ duplicates: true })).toEqual(['One', 'Two'])
    expect(prompts.places().duplicates).toBe(2)
    expect(prompts.history(first)?.alike.map(({ name }) => name)).toEqual(['Two'])
  })

  test('two lists of one name are told, and the older one counts', async () => {
    const first = await added(entry('lens', '35 mm', { kind: 'list' }))
    await added(entry('lens', '50 mm', { kind: 'list' }))
    expect(prompts.lists()).toEqual({ lens: ['35 mm'] })
    expect(prompts.history(first)?.alike).toHaveLength(1)
  })
})

test('a folder holds the folders in it', async () => {
  await added(entry('a', 'a', { folder: 'shots' }))
  await added(entry('b', 'b', { folder: 'shots/night' }))
  await added(entry('c', 'c', { folder: 'shotsome' }))
  expect(namesOf({ folder: 'shots' }).toSorted()).toEqual(['a', 'b'])
  expect(prompts.places().folders.map(({ folder: name }) => name)).toEqual([
    'shots',
    'shots/night',
    'shotsome',
  ])
})

test('a folder gets another name with all that is in it, is lifted out, and all of it is put back', async () => {
  const [a, b, c] = [
    await added(entry('a', 'a', { folder: ' shots / ' })),
    await added(entry('b', 'b', { folder: 'shots/night' })),
    await added(entry('c', 'c', { folder: 'shotsome' })),
  ]
  const folders = () => [a, b, c].map((id) => prompts.get(id)?.folder)
  expect(folders()).toEqual(['shots', 'shots/night', 'shotsome'])
  const before = await prompts.moveFolder('shots', 'shots/old')
  expect(folders()).toEqual(['shots/old', 'shots/old/night', 'shotsome'])
  await prompts.moveFolder('shots/old', '')
  expect(folders()).toEqual(['', 'night', 'shotsome'])
  for (const was of before.ok ? before.value : []) await prompts.setFolder(was.ids, was.folder)
  expect(folders()).toEqual(['shots', 'shots/night', 'shotsome'])
  const long = await prompts.moveFolder('shots', 'x'.repeat(196))
  expect(long.ok ? '' : long.error.message).toContain('“shots/night” would be longer')
  expect(folders()).toEqual(['shots', 'shots/night', 'shotsome'])
})

test('a search goes on page by page, over names first', async () => {
  for (const at of Array.from({ length: 7 }).keys()) {
    await added(entry(at % 2 === 0 ? `Lantern ${at}` : `Shot ${at}`, `a lantern, number ${at}`))
  }
  const found: string[] = []
  let after: string | null = null
  do {
    const page = prompts.list({ text: 'lant', after, limit: 2 })
    found.push(...page.rows.map(({ name }) => name))
    after = page.next
  } while (after !== null)
  expect(found.join(', ')).toBe(
    'Lantern 6, Lantern 4, Lantern 2, Lantern 0, Shot 5, Shot 3, Shot 1',
  )
})

test('rows are counted for the text that they were made with, older versions and lists too', async () => {
  const template = await added(entry('Fox', 'A {{colour}} fox, __light__', { kind: 'template' }))
  const light = await added(entry('light', 'noon\ndusk', { kind: 'list' }))
  await prompts.save(template, entry('Fox', 'A {{colour}} fox runs', { kind: 'template' }))
  await prompts.recordUses('batch_1', [
    { row: 1, prompt: 'A {{colour}} fox, __light__' },
    { row: 2, prompt: 'A {{colour}} fox runs' },
    { row: 3, prompt: 'Something else' },
  ])
  await options.database.write((db) => {
    const take = (row: number, flag: string) =>
      db.run(
        `INSERT INTO takes (id, jobId, batchId, outputNo, row, take, prompt, provider, model,
           modelName, path, bytes, sha256, flag, createdAt, revision)
         VALUES (?, ?, 'batch_1', 1, ?, 1, '', '', '', '', '', 1, '', ?, 1, 1)`,
        [`take_${row}${flag}`, `job_${row}${flag}`, row, flag],
      )
    take(1, 'pick')
    take(1, 'reject')
    take(2, 'pick')
    take(3, 'pick')
  })
  expect(prompts.get(template)?.uses).toBe(2)
  expect(prompts.history(template)?.results).toEqual({ rows: 2, takes: 3, picked: 2, rejected: 1 })
  expect(prompts.history(light)?.results).toEqual({ rows: 1, takes: 2, picked: 1, rejected: 1 })
})

describe('files', () => {
  test.each(['json', 'csv'] as const)('the library survives as %s', async (kind) => {
    await added(entry('Fog', 'A boat,\n"in" fog', { folder: 'a/b', tags: ['sea', 'x'] }))
    await added(entry('lens', '35 mm\n50 mm', { kind: 'list', favourite: true }))
    const path = join(folder, `library.${kind}`)
    writeFileSync(path, await promptsText(prompts.all(), kind))
    const read = await readPromptFile(path)
    expect(read.problems).toEqual([])
    const other = libraryOptions()
    const copy = createPromptLibrary(other)
    expect(await copy.bring(read.prompts)).toBe(2)
    expect(await copy.bring(read.prompts)).toBe(0)
    const facts = (library: PromptLibrary) =>
      library.all().map(({ kind: what, name, text, folder: place, tags, favourite }) => {
        return { what, name, text, place, tags, favourite }
      })
    expect(facts(copy)).toEqual(facts(prompts))
    other.close()
  })

  test('a list of prompts from elsewhere comes in row by row', async () => {
    const path = join(folder, 'ideas.csv')
    writeFileSync(path, 'prompt,tags\nA {red|blue} kite flies over the dunes,"wind, toys"\n,x\n')
    const { prompts: found, problems } = await readPromptFile(path)
    expect(found).toMatchObject([{ kind: 'template', tags: ['wind', 'toys'] }])
    expect(problems).toMatchObject([{ row: 3, code: 'noEntry' }])
  })

  test('a file that is none is refused in words', async () => {
    const path = join(folder, 'a.json')
    writeFileSync(path, '{"prompts": [{"text": 3}]}')
    const { prompts: found, problems } = await readPromptFile(path)
    expect(found).toEqual([])
    expect(problems).not.toEqual([])
  })
})

describe('the starter library', () => {
  test('is made once, and every template in it can be expanded', async () => {
    await makeStarterLibrary(options.database, prompts, resources)
    const all = prompts.all()
    const lists = prompts.lists()
    expect(Object.keys(lists).length).toBeGreaterThanOrEqual(15)
    for (const values of Object.values(lists)) {
      expect(values.length).toBeGreaterThanOrEqual(12)
      expect(new Set(values).size).toBe(values.length)
    }
    const templates = all.filter(({ kind }) => kind === 'template')
    expect(templates.length).toBeGreaterThanOrEqual(20)
    for (const { name, text } of templates) {
      const compiled = compileTemplate({ source: text, lists: createLists(lists), plain: false })
      expect([name, compiled.ok ? [] : compiled.error]).toEqual([name, []])
      // A list of times beside one of lights draws noon sun at midnight.
      expect(text.includes('__light__') && text.includes('__time of day__')).toBe(false)
    }
    const texts = templates.map(({ text }) => text).join(' ')
    expect(Object.keys(lists).filter((name) => !texts.includes(`__${name}__`))).toEqual([])
    expect(prompts.places().duplicates).toBe(0)
    await prompts.setRemoved(
      all.map(({ id }) => id),
      true,
    )
    await makeStarterLibrary(options.database, prompts, resources)
    expect(prompts.all()).toEqual([])
  })

  test('its lists serve a batch file where the app never ran; afterwards the library alone does', async () => {
    const { reader } = options.database
    expect(Object.keys(await listsFor(null, resources))).toContain('lens')
    await added(entry('lens', 'mine', { kind: 'list' }))
    const before = await listsFor(reader, resources)
    expect([before['lens'], before['light']?.length ?? 0]).toEqual([['mine'], 23])
    await options.database.write((db) => {
      db.run("INSERT INTO meta (key, value) VALUES ('starterLibrary', '1')")
    })
    expect(await listsFor(reader, resources)).toEqual({ lens: ['mine'] })
  })
})
