import type { RenderRecipe } from '../../providers/rehearsal/index.ts'
import { assDocument, type AssBox, type AssText } from '../text/assDocument.ts'
import { wrapText, type Wrapped } from '../text/wrapText.ts'

/** What lies over the picture: the prompt in the lower third, a caption, a mark and a timecode. */
export function overlayFor(recipe: RenderRecipe): string {
  const { width, height } = recipe
  const unit = Math.min(width, height * 1.2)
  const margin = Math.round(unit * 0.055)
  const small = Math.max(9, unit * 0.028)
  const prompt = fitPrompt(recipe.prompt, { unit, width: width - 2 * margin })
  // Above the names that Review writes over a tile.
  const captionY = height - Math.max(margin, Math.round(height * 0.14))
  const promptY = captionY - small * 1.9
  const promptTop = promptY - prompt.lines.length * prompt.size * LINE
  const top = margin + small / 2
  const texts: AssText[] = [
    ...prompt.lines.map((line, index): AssText => ({
      x: margin,
      y: promptY - (prompt.lines.length - 1 - index) * prompt.size * LINE,
      lines: [line],
      font: 'strong',
      size: prompt.size * FACE,
    })),
    {
      x: margin,
      y: captionY,
      lines: [caption(recipe, (width - 2 * margin) / small)],
      font: 'plain',
      size: small * FACE,
      opacity: 0.78,
    },
    {
      x: margin,
      y: top,
      lines: ['REHEARSAL'],
      font: 'strong',
      size: small * 0.82 * FACE,
      anchor: 'middleLeft',
      opacity: 0.72,
      spacing: small * 0.12,
    },
    ...timecode(recipe, { right: width - margin, y: top, size: small }),
  ]
  return assDocument({
    width,
    height,
    boxes: shades({ width, height, promptTop, unit, top }),
    texts,
  })
}

/** Distance of lines, and libass's font size, per em: it counts the font's whole line height. */
const LINE = 1.24
const FACE = 1.21

/** The largest of three sizes at which the prompt fits; at the smallest it ends in an ellipsis. */
function fitPrompt(
  text: string,
  { unit, width }: { unit: number; width: number },
): Wrapped & { size: number } {
  for (const [share, maxLines] of SIZES) {
    const size = unit * share
    const wrapped = wrapText(text, { maxEm: Math.min(width / size, MEASURE), maxLines })
    if (!wrapped.isCut || share === SMALLEST) return { ...wrapped, size }
  }
  return { lines: [], isCut: false, size: unit * SMALLEST }
}
const SMALLEST = 0.034
const SIZES = [
  [0.05, 2],
  [0.042, 3],
  [SMALLEST, 5],
] as const
/** Longest readable line, in em. */
const MEASURE = 38

/** `Row 3 · Take 2 · Veo 3.1 · fal`, cut where the picture is narrow. */
function caption({ label }: RenderRecipe, maxEm: number): string {
  const names = [label.modelName, label.providerName].filter((name) => name !== '')
  const parts = [`Row ${label.row}`, `Take ${label.take}`, ...new Set(names)]
  return wrapText(parts.join('  ·  '), { maxEm, maxLines: 1 }).lines[0] ?? ''
}

interface ShadePlan {
  readonly width: number
  readonly height: number
  readonly promptTop: number
  readonly unit: number
  readonly top: number
}

/** Darkness that grows towards the text, with no visible edge. */
function shades({ width, height, promptTop, unit, top }: ShadePlan): readonly AssBox[] {
  const blur = unit * 0.055
  const over = blur * 3
  const lower = { x: -over, width: width + 2 * over, colour: '000000', blur }
  const first = promptTop + unit * 0.02
  return [
    { ...lower, y: first, height: height - first + over, opacity: 0.42 },
    { ...lower, y: (promptTop * 2 + height) / 3, height, opacity: 0.34 },
    { ...lower, y: -over * 2, height: over * 2 + top * 0.6, opacity: 0.4 },
  ]
}

/** `00:03:12`, minutes, seconds and frames; each sign has its own place, so that none of them jumps. */
function timecode(
  recipe: RenderRecipe,
  { right, y, size }: { right: number; y: number; size: number },
): readonly AssText[] {
  const frames = frameCount(recipe)
  const perSecond = Math.max(1, Math.round(recipe.fps))
  const signs = Array.from({ length: frames }, (_, frame) => codeAt(frame, perSecond))
  const places = Array.from(signs[0] ?? '')
  let x = right
  return places.flatMap((_, fromLeft) => {
    const place = places.length - 1 - fromLeft
    const wide = size * (places[place] === ':' ? 0.34 : 0.66)
    x -= wide
    const middle = x + wide / 2
    return runsOf(signs.map((code) => code[place] ?? ' ')).map(({ sign, from, to }): AssText => ({
      x: middle,
      y,
      lines: [sign],
      font: 'plain',
      size: size * FACE,
      anchor: 'middle',
      opacity: 0.78,
      // Half a frame early: the format's hundredths must not push a sign into the next frame.
      from: Math.max(0, (from - 0.5) / recipe.fps),
      to: (to - 0.5) / recipe.fps,
    }))
  })
}

/** Frames of the whole clip: at least one. */
export const frameCount = ({
  durationSeconds,
  fps,
}: Pick<RenderRecipe, 'durationSeconds' | 'fps'>): number =>
  Math.max(1, Math.round(durationSeconds * fps))

function codeAt(frame: number, perSecond: number): string {
  const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const seconds = Math.floor(frame / perSecond)
  return `${pad(seconds / 60)}:${pad(seconds % 60)}:${pad(frame % perSecond)}`
}

function runsOf(signs: readonly string[]): readonly { sign: string; from: number; to: number }[] {
  const runs: { sign: string; from: number; to: number }[] = []
  for (const [frame, sign] of signs.entries()) {
    const last = runs.at(-1)
    if (last?.sign === sign) last.to = frame + 1
    else runs.push({ sign, from: frame, to: frame + 1 })
  }
  return runs
}
