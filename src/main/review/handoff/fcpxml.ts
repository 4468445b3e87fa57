import { pathToFileURL } from 'node:url'
import { laidFrames, madeBy, perSecond, type Rate, type Shot, type Timeline } from './timeline.ts'

/**
 * Final Cut Pro's XML, version 1.9, which Resolve reads too. Each shot is an asset and a clip in the
 * spine, with its prompt as a note and a marker. Source: Apple, "FCPXML Reference".
 */
export function fcpxmlText(timeline: Timeline): string {
  const { shots, rate, name } = timeline
  const rates = [
    ...new Map(
      [rate, ...shots.map((shot) => shot.rate)].map((each) => [keyOf(each), each]),
    ).values(),
  ]
  const formatOf = (each: Rate): string =>
    `f${rates.findIndex((one) => keyOf(one) === keyOf(each)) + 1}`
  const total = shots.reduce((sum, shot) => sum + laidFrames(shot, rate), 0)
  let offset = 0
  const spine = shots.map((shot, at) => {
    const text = clipText({ shot, at, offset, timeline, format: formatOf(shot.rate) })
    offset += laidFrames(shot, rate)
    return text
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE fcpxml>',
    '<fcpxml version="1.9">',
    '  <resources>',
    ...rates.map((each) => formatText(formatOf(each), each, timeline)),
    ...shots.map((shot, at) => assetText(shot, at, formatOf(shot.rate))),
    '  </resources>',
    '  <library>',
    `    <event name=${quoted(name)}>`,
    `      <project name=${quoted(name)}>`,
    `        <sequence format=${quoted(formatOf(rate))} duration=${length(total, rate)} tcStart="0s" tcFormat="NDF" audioLayout="stereo" audioRate="48k">`,
    '          <spine>',
    ...spine,
    '          </spine>',
    '        </sequence>',
    '      </project>',
    '    </event>',
    '  </library>',
    '</fcpxml>',
    '',
  ].join('\n')
}

const keyOf = ({ frames, seconds }: Rate): string => `${frames}/${seconds}`

const formatText = (id: string, rate: Rate, { width, height }: Timeline): string =>
  `    <format id=${quoted(id)} frameDuration=${length(1, rate)} width="${width}" height="${height}"/>`

function assetText(
  { take, name, rate, fileFrames, hasAudio }: Shot,
  at: number,
  format: string,
): string {
  const sound = hasAudio ? ' hasAudio="1" audioSources="1" audioChannels="2" audioRate="48000"' : ''
  const src = pathToFileURL(take.path).href
  return [
    `    <asset id="a${at + 1}" name=${quoted(name)} start="0s" duration=${length(fileFrames, rate)} hasVideo="1" format=${quoted(format)}${sound}>`,
    `      <media-rep kind="original-media" src=${quoted(src)}/>`,
    '    </asset>',
  ].join('\n')
}

interface Laid {
  readonly shot: Shot
  readonly at: number
  /** Frames of the timeline before it. */
  readonly offset: number
  readonly timeline: Timeline
  readonly format: string
}

function clipText({ shot, at, offset, timeline, format }: Laid): string {
  const { rate } = timeline
  const start = length(shot.inFrame, shot.rate)
  const isOther = keyOf(shot.rate) !== keyOf(rate)
  const conform = `            <conform-rate srcFrameRate="${rateName(shot.rate)}"/>`
  return [
    `            <asset-clip ref="a${at + 1}" name=${quoted(shot.name)} offset=${length(offset, rate)} start=${start} duration=${length(laidFrames(shot, rate), rate)} format=${quoted(format)} tcFormat="NDF">`,
    `              <note>${escaped(shot.take.prompt)}</note>`,
    ...(isOther && rateName(shot.rate) !== null ? [conform] : []),
    `              <marker start=${start} duration=${length(1, shot.rate)} value=${quoted(shot.take.prompt)} note=${quoted(madeBy(shot))}/>`,
    '            </asset-clip>',
  ].join('\n')
}

/** Rates that the format knows a name for. */
const NAMED = [
  '23.98',
  '24',
  '25',
  '29.97',
  '30',
  '60',
  '47.95',
  '48',
  '50',
  '59.94',
  '90',
  '100',
  '119.88',
  '120',
]

const rateName = (rate: Rate): string | null =>
  NAMED.find((name) => Math.abs(Number(name) - perSecond(rate)) < 0.011) ?? null

/** Times are fractions of a second, as whole frames. */
const length = (frames: number, { frames: perUnit, seconds }: Rate): string =>
  frames === 0 ? '"0s"' : `"${frames * seconds}/${perUnit}s"`

const quoted = (text: string): string => `"${escaped(text)}"`

/** What XML cannot hold at all is left out. */
function escaped(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0
    return isXml(code) ? (ESCAPES[character] ?? character) : ''
  }).join('')
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Source: XML 1.0, production 2. */
const isXml = (code: number): boolean =>
  code === 0x9 ||
  code === 0xa ||
  code === 0xd ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  code >= 0x1_00_00
