import { createPromptLibrary } from '../src/main/library/promptLibrary.ts'
import { CommitGroup } from '../src/main/storage/commitGroup.ts'
import { MIGRATIONS } from '../src/main/storage/migrations/index.ts'
import { connect } from '../src/main/storage/sqlite.ts'
import { median, report, seconds } from './table.ts'

/** Search as you type: the library is asked after every keystroke. */
const PROMPTS = 100_000
const RUNS = 5
const TYPED = ['lantern river', 'shot 4711', 'slow push in at night', 'a', 'zebra']

const WORDS = (
  'a lantern drifts down slow river rain tin roof night fox waits at crossing camera pushes in through ' +
  'fog while light spills over wet stones amber dusk dawn wide close macro lens handheld quiet city ' +
  'street child runs toward sea gull wind salt grass horse snow mountain train window smoke bell tower'
).split(' ')

const db = connect(':memory:')
for (const { sql } of MIGRATIONS) db.exec(sql)
const commits = new CommitGroup(db)
const prompts = createPromptLibrary({
  database: { reader: db, write: (fn) => commits.write(fn) },
  now: () => 1,
  newId: () => '1',
})

/** The same prompts at each run: words by a small generator. */
await commits.write((writer) => {
  let state = 1
  const next = (most: number): number => (state = (state * 48_271) % 2_147_483_647) % most
  for (let at = 0; at < PROMPTS; at += 1) {
    const text = Array.from({ length: 25 }, () => WORDS[next(WORDS.length)]).join(' ')
    writer.run(
      `INSERT INTO prompts (id, kind, name, text, createdAt, updatedAt, revision)
       VALUES (?, 'prompt', ?, ?, ?, ?, 1)`,
      [`prompt_${at}`, `Shot ${at}`, text, at, at],
    )
  }
})

const times: number[] = []
for (const text of TYPED) {
  for (let length = 1; length <= text.length; length += 1) {
    const runs: number[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const wish = { text: text.slice(0, length), after: null, limit: 100 }
      runs.push(await seconds(() => void prompts.list(wish)))
    }
    times.push(median(runs) * 1000)
  }
}
db.close()

const alone = { comparison: null, compared: null, ratio: null, unit: 'ms' }
report('library', [
  {
    name: `a keystroke over ${PROMPTS.toLocaleString('en')} prompts, median`,
    figure: median(times),
    ...alone,
    aim: '20 ms',
    met: median(times) <= 20,
  },
  {
    name: `the slowest of ${times.length} keystrokes`,
    figure: Math.max(...times),
    ...alone,
    aim: '20 ms',
    met: Math.max(...times) <= 20,
  },
])
