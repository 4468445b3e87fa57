/** A picture that fills a page. */
export interface PdfPicture {
  /** JPEG, three colours. */
  readonly jpeg: Uint8Array
  readonly width: number
  readonly height: number
}

/** Points of an A4's longer side; pages keep the shape of their pictures. */
const LONG_SIDE = 842

/** A PDF with a picture on each page. Source: ISO 32000-1, 7.3 to 7.7 and 8.9. Pure. */
export function pdfOf(pictures: readonly PdfPicture[], title: string): Uint8Array {
  const pageIds = pictures.map((_, at) => FIRST_PAGE + at * PER_PAGE)
  const objects: Uint8Array[] = [
    ascii('<< /Type /Catalog /Pages 2 0 R >>'),
    ascii(
      `<< /Type /Pages /Count ${pictures.length} /Kids [${pageIds.map(reference).join(' ')}] >>`,
    ),
    ascii(`<< /Title ${hexText(title)} /Producer (Dailies) >>`),
    ...pictures.flatMap((picture, at) => pageObjects(picture, pageIds[at] ?? FIRST_PAGE)),
  ]
  return fileOf(objects)
}

/** Catalogue, pages and information come first. */
const FIRST_PAGE = 4
const PER_PAGE = 3
const INFORMATION = 3

const reference = (id: number): string => `${id} 0 R`

function pageObjects({ jpeg, width, height }: PdfPicture, id: number): readonly Uint8Array[] {
  const scale = LONG_SIDE / Math.max(width, height)
  const size = [width * scale, height * scale].map((side) => side.toFixed(2)).join(' ')
  const drawing = ascii(`${size.replace(' ', ' 0 0 ')} 0 0 cm /P Do`)
  const picture = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`
  return [
    ascii(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size}] /Resources << /XObject << /P ${reference(id + 2)} >> >> /Contents ${reference(id + 1)} >>`,
    ),
    stream('', drawing),
    stream(picture, jpeg),
  ]
}

const stream = (more: string, bytes: Uint8Array): Uint8Array =>
  joined([ascii(`<< ${more} /Length ${bytes.length} >>\nstream\n`), bytes, ascii('\nendstream')])

function fileOf(objects: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = [ascii('%PDF-1.4\n')]
  const places: number[] = []
  let at = parts[0]?.length ?? 0
  for (const [index, object] of objects.entries()) {
    places.push(at)
    const part = joined([ascii(`${index + 1} 0 obj\n`), object, ascii('\nendobj\n')])
    parts.push(part)
    at += part.length
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  parts.push(
    ascii(
      `xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R /Info ${reference(INFORMATION)} >>\nstartxref\n${at}\n%%EOF\n`,
    ),
  )
  return joined(parts)
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
const joined = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** UTF-16 with its mark, as PDF wants what is not plain Latin. */
function hexText(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  return `<FEFF${units.map((unit) => unit.toString(16).padStart(4, '0')).join('')}>`
}
