import type { FrameId } from '../../../src/shared/domain/ids.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFrameLibrary } from '../../../src/main/library/frameLibrary.ts'
import { createPromptLibrary } from '../../../src/main/library/promptLibrary.ts'
import type { NewPrompt } from '../../../src/shared/domain/prompt.ts'
import { libraryOptions } from './libraryDatabase.ts'

let options: ReturnType<typeof libraryOptions>
beforeEach(() => void (options = libraryOptions()))
afterEach(() => options.close())

const picture = (digit: string, name: string) => ({
  sha256: digit.repeat(64),
  name,
  contentType: 'image/png',
  bytes: 1234,
  width: 640,
  height: 360,
  fromTakeId: null,
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

test('the same picture twice is one frame, and a removed one comes back', async () => {
  const frames = createFrameLibrary(options)
  const first = await frames.add(picture('a', 'harbour.png'))
  await frames.setRemoved([first.id], true)
  expect(frames.list({ after: null, limit: 10 }).rows).toEqual([])
  const again = await frames.add(picture('a', 'copy of harbour.png'))
  expect(again.id).toBe(first.id)
  expect(again.name).toBe('harbour.png')
  expect(frames.list({ after: null, limit: 10 }).rows).toHaveLength(1)
})

test('a removed frame can still be read by the drafts that use it', async () => {
  const frames = createFrameLibrary(options)
  const frame = await frames.add(picture('b', 'b.png'))
  await frames.setRemoved([frame.id], true)
  expect(frames.get(['frame_unknown', frame.id]).map(({ id }) => id)).toEqual([frame.id])
})

test('frames are found by name and tag, latest first, by page', async () => {
  const frames = createFrameLibrary(options)
  for (const digit of '0123456789') await frames.add(picture(digit, `shot ${digit} 100%.png`))
  const [third] = frames.list({ text: 'shot 3', after: null, limit: 5 }).rows
  await frames.update(third ? [third.id] : [], { tags: ['night'] })
  expect(frames.list({ tag: 'night', after: null, limit: 5 }).rows).toHaveLength(1)
  expect(frames.list({ text: '0%', after: null, limit: 20 }).rows).toHaveLength(10)
  expect(frames.list({ text: '_', after: null, limit: 20 }).rows).toHaveLength(0)
  expect(frames.tags()).toEqual([{ tag: 'night', frames: 1 }])
  const page = frames.list({ after: null, limit: 4 })
  const next = frames.list({ after: page.next, limit: 4 })
  expect([...page.rows, ...next.rows].map(({ name }) => name[5]).join('')).toBe('98765432')
})

test('tags go on several frames and off them; what else each has stays', async () => {
  const frames = createFrameLibrary(options)
  const ids: FrameId[] = []
  for (const digit of '012') ids.push((await frames.add(picture(digit, `${digit}.png`))).id)
  await frames.update(ids.slice(0, 1), { tags: ['night', 'wet'] })
  await frames.tag(ids, { add: ['night', 'city'], remove: ['wet'] })
  const [first, second] = frames.get(ids)
  expect([first?.tags, second?.tags]).toEqual([
    ['night', 'city'],
    ['night', 'city'],
  ])
  await frames.tag(ids.slice(1), { add: [], remove: ['night'] })
  expect(frames.tags()).toEqual([
    { tag: 'city', frames: 3 },
    { tag: 'night', frames: 1 },
  ])
})

test('prompts are found by the beginnings of words, accents or not, best match first', async () => {
  const prompts = createPromptLibrary(options)
  await prompts.save(null, entry('Harbour', 'Fishing boats leave a café one by one'))
  await prompts.save(null, entry('Cafe at night', 'Rain on the window'))
  await prompts.save(null, entry('Desert', 'A red kite'))
  const find = (text: string) =>
    prompts.list({ text, after: null, limit: 10 }).rows.map(({ name }) => name)
  expect(find('cafe')).toEqual(['Cafe at night', 'Harbour'])
  expect(find('fish boa')).toEqual(['Harbour'])
  expect(find('kite OR "rain')).toEqual([])
  expect(find('"*^:(')).toHaveLength(3)
})

test('a changed prompt is found by its new words only; a removed one not at all', async () => {
  const prompts = createPromptLibrary(options)
  const saved = await prompts.save(null, entry('Old', 'lantern'))
  const id = saved?.id ?? 'prompt_none'
  await prompts.save(id, entry('New', 'comet'))
  const find = (text: string) => prompts.list({ text, after: null, limit: 10 }).rows.length
  expect([find('lantern'), find('comet')]).toEqual([0, 1])
  await prompts.setRemoved([id], true)
  expect(find('comet')).toBe(0)
  await prompts.setRemoved([id], false)
  expect(find('comet')).toBe(1)
  await prompts.setRemoved([id], true)
  await prompts.purge()
  await prompts.setRemoved([id], false)
  expect(find('comet')).toBe(0)
})

test('favourites first, then latest changed, by page', async () => {
  const prompts = createPromptLibrary(options)
  const saved = []
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    saved.push(await prompts.save(null, entry(name, name)))
  await prompts.setFavourite(saved[1] ? [saved[1].id] : [], true)
  const first = prompts.list({ after: null, limit: 3 })
  const rest = prompts.list({ after: first.next, limit: 3 })
  expect([...first.rows, ...rest.rows].map(({ name }) => name)).toEqual(['b', 'e', 'd', 'c', 'a'])
  expect(rest.next).toBeNull()
})

test('lists give their values line by line', async () => {
  const prompts = createPromptLibrary(options)
  await prompts.save(null, entry('lens', ' 35 mm\r\n\n 85 mm \n', { kind: 'list' }))
  await prompts.save(null, entry('not a list', 'x'))
  expect(prompts.lists()).toEqual({ lens: ['35 mm', '85 mm'] })
})
