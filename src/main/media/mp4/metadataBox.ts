import { joinBytes, writeBox, words, type IndexBox } from './boxTree.ts'

/** What a file says of its making. */
export interface FileWords {
  readonly title: string
  readonly comment: string
}

const TEXT = 1

/** Title and comment as iTunes writes them, which players, editors and ffmpeg read. */
export function metadataBox({ title, comment }: FileWords): IndexBox {
  const handler: IndexBox = {
    type: 'hdlr',
    body: joinBytes([words([0, 0]), ascii('mdirappl'), new Uint8Array(9)]),
  }
  const list: IndexBox = {
    type: 'ilst',
    children: [textItem('\u{A9}nam', title), textItem('\u{A9}cmt', comment)],
  }
  const meta: IndexBox = {
    type: 'meta',
    body: joinBytes([words([0]), writeBox(handler), writeBox(list)]),
  }
  return { type: 'udta', children: [meta] }
}

const textItem = (type: string, text: string): IndexBox => ({
  type,
  children: [{ type: 'data', body: joinBytes([words([TEXT, 0]), new TextEncoder().encode(text)]) }],
})

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
