import { appPaths, makeDataDir } from '../../../../src/main/storage/appPaths.ts'
import { openStorage } from '../../../../src/main/storage/openStorage.ts'

// One engine run that ends cleanly.
const paths = appPaths(process.argv[2] ?? '')
makeDataDir(paths)
const opened = await openStorage({
  ...paths,
  face: 'cli',
  now: Date.now,
  newJobId: () => 'job_0000',
})
if (!opened.ok) throw new Error(opened.error.message)
await opened.value.close()
