import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { start, type RunningApp } from '../e2e/fixtures.ts'

/**
 * `node test/pictures/icons.ts`: every size of the icon from its drawings. Needed only when a drawing is
 * changed. Small sizes have drawings of their own, whose edges lie on whole pixels.
 */
const FOLDER = resolve(import.meta.dirname, '../../resources/icon')
const DRAWINGS: Readonly<Record<number, string>> = {
  16: 'icon-16.svg',
  24: 'icon-24.svg',
  32: 'icon-16.svg',
  48: 'icon-24.svg',
  64: 'icon.svg',
  128: 'icon.svg',
  256: 'icon.svg',
  512: 'icon.svg',
  1024: 'icon.svg',
}
/** What Windows and macOS look for in their files. */
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]
const ICNS_SIZES = {
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
}
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512]

async function main(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'dailies-icons-'))
  const app = await start({ dataDir })
  try {
    const pictures = new Map<number, Buffer>()
    for (const [size, drawing] of Object.entries(DRAWINGS)) {
      pictures.set(Number(size), await drawn(app, { drawing, size: Number(size) }))
    }
    const of = (size: number): Buffer => pictures.get(size) ?? Buffer.alloc(0)
    mkdirSync(join(FOLDER, 'icons'), { recursive: true })
    for (const size of LINUX_SIZES) save(join('icons', `${size}x${size}.png`), of(size))
    save('icon.png', of(512))
    save('icon.ico', ico(ICO_SIZES.map((size) => ({ size, png: of(size) }))))
    save(
      'icon.icns',
      icns(Object.entries(ICNS_SIZES).map(([type, size]) => ({ type, png: of(size) }))),
    )
    save('tray.png', await drawn(app, { drawing: 'tray.svg', size: 32 }))
    save('tray@2x.png', await drawn(app, { drawing: 'tray.svg', size: 64 }))
  } finally {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function save(name: string, bytes: Buffer): void {
  writeFileSync(join(FOLDER, name), bytes)
  console.log(name)
}

interface Wish {
  readonly drawing: string
  readonly size: number
}

/** In a window of its own: the page of the app loads nothing but what is its. */
async function drawn(app: RunningApp, { drawing, size }: Wish): Promise<Buffer> {
  const svg = readFileSync(join(FOLDER, drawing), 'base64')
  const url = await app.electron.evaluate(
    async ({ BrowserWindow }, { source, pixels }) => {
      const window = new BrowserWindow({ show: false })
      await window.loadURL('data:text/html,<title>icon</title>')
      const png: unknown = await window.webContents.executeJavaScript(`new Promise((done) => {
        const image = new Image()
        image.onload = () => {
          const canvas = document.createElement('canvas')
          canvas.width = canvas.height = ${pixels}
          canvas.getContext('2d').drawImage(image, 0, 0, ${pixels}, ${pixels})
          done(canvas.toDataURL('image/png'))
        }
        image.src = 'data:image/svg+xml;base64,${source}'
      })`)
      window.destroy()
      return String(png)
    },
    { source: svg, pixels: size },
  )
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
}

/** PNGs behind a table of where each begins, as Windows has read them since Vista. */
function ico(pictures: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + pictures.length * 16)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let begins = head.length
  for (const [at, { size, png }] of pictures.entries()) {
    const entry = 6 + at * 16
    // 256 is written as 0.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(begins, entry + 12)
    begins += png.length
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** PNGs, each behind its type and its length with these eight bytes. */
function icns(pictures: readonly { readonly type: string; readonly png: Buffer }[]): Buffer {
  const part = (type: string, body: Buffer): Buffer => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(body.length + 8)
    return Buffer.concat([Buffer.from(type, 'latin1'), length, body])
  }
  return part('icns', Buffer.concat(pictures.map(({ type, png }) => part(type, png))))
}

await main()
