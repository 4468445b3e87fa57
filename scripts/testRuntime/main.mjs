// Loads the app whose path is given as argument, as Electron's own default app does; the test runtime
// comes without one. Options before the path are Chromium's, except `-r`, which loads a module first.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

function readArguments(argv) {
  const modules = []
  for (let i = 0; i < argv.length; i += 1) {
    if (argv[i] === '-r' || argv[i] === '--require') modules.push(argv[(i += 1)])
    else if (!argv[i].startsWith('-')) return { modules, appFolder: resolve(argv[i]) }
  }
  return { modules, appFolder: undefined }
}

async function openApp(folder, modules) {
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const require = createRequire(join(folder, 'package.json'))
  for (const name of modules) require(name)
  const { version, productName, name, main } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  app.setVersion(version ?? '0.0.0')
  app.name = productName ?? name
  app.setAppPath(folder)
  await import(pathToFileURL(join(folder, main)).href)
}

const { modules, appFolder } = readArguments(process.argv.slice(1))
try {
  if (appFolder === undefined) throw new Error('Name the folder of the app to open.')
  await openApp(appFolder, modules)
} catch (error) {
  process.stderr.write(`${error.stack}\n`)
  app.exit(1)
}
