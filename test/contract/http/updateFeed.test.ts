import { expect, it, onTestFinished } from 'vitest'
import { createHttp } from '../../../src/main/providers/http/createHttp.ts'
import { askFeed } from '../../../src/main/window/updateFeed.ts'
import { httpServer } from '../../helpers/rawServers.ts'

const LINUX = { version: '1.2.0', platform: 'linux', arch: 'x64' }

/** A feed of these files, and what is asked of it. */
async function feedOf(files: Readonly<Record<string, string>>) {
  const asked: string[] = []
  const port = await httpServer(({ url = '' }, response) => {
    asked.push(url)
    const body = files[url]
    if (body === undefined) response.writeHead(404)
    response.end(body)
  })
  const http = createHttp({ proxyOf: () => null })
  onTestFinished(() => http.close())
  const ask = (running = LINUX) => askFeed(http, `http://127.0.0.1:${port}/dailies`, running)
  return { asked, ask }
}

// As electron-builder writes it.
const latest = (version: string): string =>
  `version: ${version}\nfiles:\n  - url: Dailies-${version}.AppImage\n    sha512: abc\nreleaseDate: '2026-11-23'\n`

it('a feed says whether it has a newer version, by one file of this system', async () => {
  const { ask, asked } = await feedOf({
    '/dailies/latest-linux.yml': latest('1.10.0'),
    '/dailies/latest-linux-arm64.yml': latest('1.2.0'),
    '/dailies/latest-mac.yml': latest('1.1.9'),
    '/dailies/latest.yml': latest("'2.0.0'"),
  })
  const answers = [
    await ask(),
    await ask({ ...LINUX, arch: 'arm64' }),
    await ask({ ...LINUX, platform: 'darwin' }),
    await ask({ ...LINUX, platform: 'win32' }),
  ]
  expect(answers.map((answer) => answer.ok && answer.value)).toEqual([
    { version: '1.10.0', isNewer: true },
    { version: '1.2.0', isNewer: false },
    { version: '1.1.9', isNewer: false },
    { version: '2.0.0', isNewer: true },
  ])
  expect(asked).toHaveLength(4)
})

it.each([
  ['<!doctype html>', 'names no version'],
  ['version: ../../evil', 'names no version'],
  [undefined, 'answered with 404'],
])('what is no feed is said, with where to mend it: %s', async (body, words) => {
  const { ask } = await feedOf(body === undefined ? {} : { '/dailies/latest-linux.yml': body })
  const answer = await ask()
  expect(answer.ok ? '' : answer.error.message).toMatch(new RegExp(`${words}.*Settings, About`))
})
