import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Licence } from '../../shared/ipc/appInfo.ts'

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

/** The licences of everything that Dailies is made of. `root` holds package.json. */
export async function readLicences(root: string): Promise<readonly Licence[]> {
  const own = await licenceIn(root, { name: 'Dailies', file: 'LICENSE' })
  const alongside = await Promise.all(ALONGSIDE.map((part) => licenceIn(root, part)))
  const bundled = await Promise.all(BUNDLED.map((file) => textOf(root, file)))
  return [...own, ELECTRON, ...alongside.flat(), FFMPEG_SOURCE, ...bundled.flatMap(sections)]
}

const ELECTRON: Licence = {
  name: 'Electron and Chromium',
  text: 'Their licences are the files LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
}

/** GPL-3.0, section 6d: where the source of the builds lies that ffmpeg-static brings along. */
const FFMPEG_SOURCE: Licence = {
  name: 'ffmpeg: where its source is',
  text: [
    'The ffmpeg that comes with installers is an unchanged build, taken from https://github.com/eugeneware/ffmpeg-static/releases',
    '(the release that its package.json names). Its source, free of charge:',
    '- ffmpeg itself: https://ffmpeg.org/download.html#releases',
    '- the Linux build and its libraries: https://johnvansickle.com/ffmpeg/',
    '- the Windows build and its libraries: https://www.gyan.dev/ffmpeg/builds/',
    '- the macOS builds and their libraries: https://evermeet.cx/ffmpeg/ (Intel), https://osxexperts.net/ (Apple)',
    'Dailies only starts it, with arguments: any other ffmpeg can be put in its place (FFMPEG_PATH).',
  ].join('\n'),
}

async function licenceIn(
  root: string,
  { name, file }: { readonly name: string; readonly file: string },
): Promise<readonly Licence[]> {
  const text = await textOf(root, file)
  return text === null ? [] : [{ name, text }]
}

/** The build writes one Markdown file with a heading of level 2 for each package. */
function sections(markdown: string | null): readonly Licence[] {
  const [, ...parts] = (markdown ?? '').split(/^## /m)
  return parts.map((part) => {
    const end = part.indexOf('\n')
    return { name: part.slice(0, end).trim(), text: part.slice(end).trim() }
  })
}

/** Null where it is absent: ffmpeg-static where its download was not possible. */
async function textOf(root: string, file: string): Promise<string | null> {
  try {
    return (await readFile(join(root, file), 'utf8')).trim()
  } catch {
    return null
  }
}
