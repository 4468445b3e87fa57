import { openStorage } from '../../../../src/main/storage/openStorage.ts'
import { appPaths, makeDataDir } from '../../../../src/main/storage/appPaths.ts'

// Opens the data folder as an engine does, says so, and stays.
const paths = appPaths(process.argv[2] ?? '')
makeDataDir(paths)
const opened = await openStorage({
  ...paths,
  face: 'app',
  now: Date.now,
  newJobId: () => 'job_0000',
})
process.stdout.write(opened.ok ? `holds ${opened.value.run}\n` : `${opened.error.code}\n`)
process.stdin.resume()
