import { appPaths, makeDataDir } from '../../../../src/main/storage/appPaths.ts'
import { openStorage } from '../../../../src/main/storage/openStorage.ts'

// Writes to both memories as fast as they take it; prints what they promised to keep.
const paths = appPaths(process.argv[2] ?? '')
makeDataDir(paths)
const opened = await openStorage({
  ...paths,
  face: 'cli',
  now: Date.now,
  newJobId: () => 'job_0000',
})
if (!opened.ok) throw new Error(opened.error.message)
const { group, journal } = opened.value
for (let n = 0; ; n += 4) {
  const round = [n, n + 1, n + 2, n + 3]
  await Promise.all(
    round.map(async (number) => {
      await group.write((db) => db.run('INSERT INTO meta VALUES (?, ?)', [`n${number}`, 'x']))
      await journal.outcome({
        intentId: `job_${String(number).padStart(8, '0')}:1`,
        outcome: 'unknown',
        operation: null,
        at: number,
      })
    }),
  )
  process.stdout.write(`${round.join('\n')}\n`)
}
