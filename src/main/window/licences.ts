import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What comes along as it is; the packages inside our own files are listed by the build. */
const ALONGSIDE = [
  { name: 'libsql (MIT)', file: 'node_modules/libsql/LICENSE' },
  { name: '@neon-rs/load (MIT)', file: 'node_modules/@neon-rs/load/LICENSE' },
  { name: 'detect-libc (Apache-2.0)', file: 'node_modules/detect-libc/LICENSE' },
  { name: 'Inter (OFL-1.1)', file: 'resources/fonts/OFL-Inter.txt' },
  { name: 'Noto Emoji (OFL-1.1)', file: 'resources/fonts/OFL-NotoEmoji.txt' },
  {
    name: 'ffmpeg (GPL-3.0, a separate program that Dailies starts)',
    file: 'node_modules/ffmpeg-static/LICENSE',
  },
] as const
const BUNDLED = ['out/main/licences.md', 'out/renderer/licences.md'] as const

/** The licences of everything that Dailies is made of, as text. `root` holds package.json. */
export async function readLicences(root: string): Promise<string> {
  const own = await textOf(root, 'LICENSE')
  const alongside = await Promise.all(
    ALONGSIDE.map(async ({ name, file }) => section(name, await textOf(root, file))),
  )
  const bundled = await Promise.all(BUNDLED.map((file) => textOf(root, file)))
  const electron = section(
    'Electron and Chromium',
    'Their licences are the files LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
  )
  return [section('Dailies', own), electron, ...alongside, ...bundled]
    .filter((text) => text !== null)
    .join('\n\n')
}

const section = (name: string, text: string | null): string | null =>
  text === null ? null : `## ${name}\n\n${text.trim()}`

/** Null where it is absent: ffmpeg-static where its download was not possible. */
async function textOf(root: string, file: string): Promise<string | null> {
  try {
    return (await readFile(join(root, file), 'utf8')).trim()
  } catch {
    return null
  }
}
