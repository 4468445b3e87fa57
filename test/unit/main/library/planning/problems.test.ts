import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../../../../helpers/folder.ts'
import { plan, PNG, type PlanCase } from '../../../../helpers/planning.ts'

async function problemsOf(csv: string, options: PlanCase = {}, name = 'b.csv') {
  const folder = folderWith({
    [name]: csv,
    'first.png': PNG,
    'text.png': 'no picture',
    'folder/x': '',
  })
  const before = readdirSync(folder)
  const result = await plan(join(folder, name), options)
  expect(readdirSync(folder)).toEqual(before)
  if (result.ok) return []
  for (const { message, mend } of result.error) {
    expect(message).toMatch(/^\S.*[.]$/s)
    expect(mend).toMatch(/^\S.*[.?]$/s)
  }
  return result.error
}

const told = async (csv: string, options?: PlanCase, name?: string) =>
  (await problemsOf(csv, options, name)).map(
    ({ row, column, code }) => `${row ?? '-'} ${column ?? '-'} ${code}`,
  )

const rehearsal: PlanCase = { defaults: { provider: 'rehearsal' } }

describe('each fault is one problem at its row and column', () => {
  test.each([
    ['prompt,size\n,16:9', '2 prompt emptyPrompt'],
    ['prompt\n# only a comment', '2 prompt emptyPrompt'],
    ['prompt\n{|a}', '2 prompt emptyPrompt'],
    ['prompt,size\na,huge', '2 size badSize'],
    ['prompt,size\na,0x100', '2 size badSize'],
    ['prompt,aspect_ratio\na,16/9', '2 aspect_ratio badAspectRatio'],
    ['prompt,duration\na,long', '2 duration badDuration'],
    ['prompt,duration\na,0', '2 duration badDuration'],
    ['prompt,duration\na,-3', '2 duration badDuration'],
    ['prompt,duration\na,"7,5"', '2 duration badDuration'],
    ['prompt,duration\na,1e9', '2 duration badDuration'],
    ['prompt,takes\na,0', '2 takes badTakes'],
    ['prompt,takes\na,two', '2 takes badTakes'],
    ['prompt,takes\na,1.5', '2 takes badTakes'],
    ['prompt,seed\na,-1', '2 seed badSeed'],
    ['prompt,seed\na,4294967296', '2 seed badSeed'],
    ['prompt,first_frame\na,none.png', '2 first_frame imageMissing'],
    ['prompt,first_frame\na,text.png', '2 first_frame imageType'],
    ['prompt,first_frame\na,folder', '2 first_frame imageMissing'],
    ['prompt,first_frame\na,http://example.com/a.png', '2 first_frame badFrameUrl'],
    ['prompt,first_frame\na,https://me:key@example.com/a.png', '2 first_frame badFrameUrl'],
    ['prompt,first_frame\na,file:///etc/passwd', '2 first_frame badFrameUrl'],
    [`prompt,first_frame\na,https://a.org/${'x'.repeat(4000)}`, '2 first_frame badFrameUrl'],
    ['prompt,last_frame\na,none.png', '2 last_frame imageMissing'],
    ['prompt,reference\na,first.png|none.png', '2 reference imageMissing'],
    ['prompt,model\na,klingv3', '2 model unknownModel'],
    ['prompt,model\na,sora-2', '2 model modelRetired'],
    ['prompt,provider\na,nowhere', '2 provider unknownProvider'],
    ['prompt,provider,model\na,replicate,ray-2', '2 provider noRoute'],
    ['prompt\na {{town}}', '2 prompt unknownVariable'],
    ['prompt,town\na {{town}},', '2 prompt unknownVariable'],
    ['prompt\na __weather__', '2 prompt unknownList'],
    ['prompt\na {red|blue', '2 prompt openBrace'],
    [
      'prompt\n{1|2|3|4|5|6|7|8|9|10}{1|2|3|4|5|6|7|8|9|10}{1|2|3|4|5|6|7|8|9|10}{1|2|3|4|5|6|7|8|9|10}{1|2}',
      '2 prompt tooManyJobs',
    ],
    [`prompt\n${'{0|1|2|3|4|5|6|7|8|9}'.repeat(12)}`, '2 prompt tooManyJobs'],
    ['prompt,takes\n{1|2},6000', '2 prompt tooManyJobs'],
    ['prompt,duraton\na,8', '1 duraton unknownColumn'],
    ['prompt,frist_frame\na,x.png', '1 frist_frame unknownColumn'],
    ['prompt,seconds\na,8', '1 seconds unknownColumn'],
    ['prompt,option.cfg\na,8', '1 option.cfg unknownColumn'],
    ['promt\na', '1 promt noPromptColumn'],
    [',\n\npromt\na', '3 promt noPromptColumn'],
    ['a cat\na dog', '1 prompt noPromptColumn'],
  ])('%j: %s', async (csv, expected) => {
    const options = /model|provider/.test(csv) ? {} : rehearsal
    expect(await told(csv, options)).toEqual([expected])
  })

  test('a batch that names neither model nor provider', async () => {
    expect(await told('prompt\na')).toEqual(['2 model noModel'])
  })

  test('a bad default is told once, with the option that it came from', async () => {
    const defaults = { provider: 'rehearsal', duration: 'long' }
    expect(await told('prompt\na\nb', { defaults })).toEqual(['- --duration badDuration'])
  })

  test('rows of JSON count from 1, lines of text as they are', async () => {
    const json = '[{"prompt": "a"}, {"prompt": "", "duration": 0}]'
    expect(await told(json, rehearsal, 'b.json')).toEqual([
      '2 duration badDuration',
      '2 prompt emptyPrompt',
    ])
    expect(await told('[{"prompt": "a"}, "b", null]', rehearsal, 'b.json')).toEqual([
      '2 - wrongShape',
      '3 - wrongShape',
    ])
    expect(await told('a\n\n{b\n', rehearsal, 'b.txt')).toEqual(['3 prompt openBrace'])
  })
})

describe('mends', () => {
  const mendOf = async (csv: string) => (await problemsOf(csv, rehearsal))[0]?.mend

  test.each([
    ['prompt,model\na,klingv3', /kling-v3/],
    ['prompt,duraton\na,8', /Did you mean duration\?/],
    ['promt\na', /Did you mean prompt\?/],
    ['prompt,town\na {{twon}},Ulm', /Did you mean \{\{town\}\}\?/],
    ['prompt,town\na {{town}},', /Fill the cell town/],
  ])('%j: %s', async (csv, expected) => {
    expect(await mendOf(csv)).toMatch(expected)
  })

  test('a message of a template says at which character', async () => {
    const [problem] = await problemsOf('prompt\n"a\nsee {red|blue"', rehearsal)
    expect(problem?.message).toContain('(line 2, character 5)')
  })
})

test('a column that some prompt uses is a variable, however much it looks like a known one', async () => {
  expect(await told('prompt,mode\nin {{mode}},calm', rehearsal)).toEqual([])
  expect(await told('prompt,notes\na,whatever', rehearsal)).toEqual([])
})

test('more than 10,000 jobs of a row can be allowed', async () => {
  const csv = 'prompt,takes\n{1|2},6000'
  expect(await told(csv, { ...rehearsal, maxJobsPerRow: 12_000 })).toEqual([])
})

test('a sheet of 10,000 rows with 40 planted faults shows exactly these 40', async () => {
  const faults: readonly (readonly [string, string])[] = [
    [',,,,,,', 'emptyPrompt'],
    ['a,wide,,,,,', 'badSize'],
    ['a,,0,,,,', 'badDuration'],
    ['a,,,0,,,', 'badTakes'],
    ['a,,,,none.png,,', 'imageMissing'],
    ['a,,,,text.png,,', 'imageType'],
    ['a,,,,,kling-99,', 'unknownModel'],
    ['a,,,,,sora-2-pro,', 'modelRetired'],
    ['a {{citty}},,,,,,Ulm', 'unknownVariable'],
    ['a {b,,,,,,', 'openBrace'],
  ]
  const good = 'A fox in {{city}},16:9,5,1,first.png,kling-v3,Ulm'
  const rows = Array.from({ length: 10_000 }, () => good)
  const expected: string[] = []
  for (let planted = 0; planted < 40; planted += 1) {
    const [cells = '', code = ''] = faults[planted % faults.length] ?? []
    const at = 37 + planted * 241
    rows[at] = cells === ',,,,,,' ? ',16:9,,,,,' : cells
    expected.push(`${at + 2} ${code}`)
  }
  const csv = ['prompt,size,duration,takes,first_frame,model,city', ...rows].join('\n')
  const problems = await problemsOf(csv, { rehearse: true })
  expect(problems.map(({ row, code }) => `${row} ${code}`)).toEqual(expected)
})
