import { compileTemplate } from '../src/shared/template/compile.ts'
import { createLists } from '../src/shared/template/lists.ts'
import { expandTemplate, type Expansion } from '../src/shared/template/expand.ts'
import { median, report, seconds } from './table.ts'
import type { Expand } from '../src/shared/domain/draft.ts'

/** Prompts a second out of a template with everything in it, and the time that a large count takes. */
const PROMPTS = 100_000
const RUNS = 5

const lists = createLists({
  place: ['forest', 'beach', 'market', '__deep__'],
  deep: ['cave', 'lake'],
})
const heroes = ['a fox', 'an owl', 'a wolf', 'a heron', 'an otter', 'a lynx', 'a hare', 'a crow']

const RICH =
  '{{hero}} walks {slowly|quickly|away} through {the {old|new} city|a __place__}, lit by ' +
  '{2$$neon|fire|moonlight|fog}, {wide|close|low|high|far} {dawn|noon|dusk|night}, 35 mm, {{hero}}'

function expansionOf(source: string, expand: Expand): Expansion {
  const compiled = compileTemplate({ source, lists })
  if (!compiled.ok) throw new Error(compiled.error[0]?.message)
  const values = () => heroes
  const expanded = expandTemplate({ template: compiled.value, values, expand, seed: '7' })
  if (!expanded.ok) throw new Error(expanded.error.message)
  return expanded.value
}

/** Median of several runs, prompts a second. */
async function rateOf(expand: Expand, prompts: number): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const expansion = expansionOf(
      RICH.replaceAll('35 mm', '35 mm {a|b|c|d|e|f|g|h}{1|2|3|4}'),
      expand,
    )
    times.push(await seconds(() => void expansion.page(0n, prompts)))
  }
  return prompts / median(times)
}

const product = await rateOf({ kind: 'product' }, PROMPTS)
const drawn = await rateOf({ kind: 'random', count: 500 }, 500)
const counting = await seconds(() => {
  const { count } = expansionOf('{a|b|c|d|e|f|g|h|i|j}'.repeat(6), { kind: 'product' })
  if (count !== 1_000_000n) throw new Error(`counted ${count}`)
})

const alone = { comparison: null, compared: null, ratio: null }
report('template', [
  {
    name: 'prompts by product of a rich template',
    figure: product,
    unit: 'a second',
    ...alone,
    aim: '200,000 a second',
    met: product >= 200_000,
  },
  {
    name: '500 different draws of the same',
    figure: 500 / drawn,
    unit: 's',
    ...alone,
    aim: 'at once (50 ms)',
    met: 500 / drawn <= 0.05,
  },
  {
    name: '1,000,000 combinations counted, none made',
    figure: counting * 1_000,
    unit: 'ms',
    ...alone,
    aim: 'at once (5 ms)',
    met: counting * 1_000 <= 5,
  },
])
