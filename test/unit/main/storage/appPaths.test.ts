import { describe, expect, test } from 'vitest'
import { appPaths, dataDirFrom } from '../../../../src/main/storage/appPaths.ts'

describe('which data folder', () => {
  const env = { DAILIES_DATA_DIR: '/from/env', XDG_DATA_HOME: '/xdg', LOCALAPPDATA: '/local' }
  const home = '/home/me'

  test.each([
    ['--data-dir wins', { option: '/named', env }, '/named'],
    ['then the variable', { env }, '/from/env'],
    [
      'an empty one is none',
      { option: '', env: { DAILIES_DATA_DIR: '' } },
      '/home/me/.local/share/dailies',
    ],
    ['then XDG', { env: { XDG_DATA_HOME: '/xdg' } }, '/xdg/dailies'],
    [
      'a relative XDG folder is ignored',
      { env: { XDG_DATA_HOME: 'here' } },
      '/home/me/.local/share/dailies',
    ],
  ])('%s', (_what, sources, folder) => {
    expect(dataDirFrom({ platform: 'linux', home, ...sources })).toBe(folder)
  })

  test('macOS and Windows have folders of their own', () => {
    const mac = dataDirFrom({ platform: 'darwin', home, env: {} })
    expect(mac).toBe('/home/me/Library/Application Support/Dailies')
    expect(dataDirFrom({ platform: 'win32', home, env })).toBe('/from/env')
    const windows = dataDirFrom({ platform: 'win32', home, env: { LOCALAPPDATA: '/local' } })
    expect(windows).toBe('/local/Dailies')
  })

  test('a relative one is meant from where one stands', () => {
    expect(dataDirFrom({ option: 'here', env: {} })).toBe(`${process.cwd()}/here`)
  })
})

test('every part lies in the data folder', () => {
  const paths: readonly string[] = Object.values({ ...appPaths('/data') })
  expect(paths.every((path) => path === '/data' || path.startsWith('/data/'))).toBe(true)
  expect(new Set(paths).size).toBe(paths.length)
})
