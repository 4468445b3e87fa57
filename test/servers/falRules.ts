/** What an endpoint's schema allows; only what the facts page states. */
interface Rule {
  readonly at: RegExp
  readonly duration?: readonly string[] | 'number'
  readonly resolution?: readonly string[]
  readonly ratio?: readonly string[]
}

const digits = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index))
const SEEDANCE_RATIOS = ['21:9', '16:9', '4:3', '1:1', '3:4', '9:16', 'auto']

/** Facts page, section 3, table of input schemas. First match counts. */
const RULES: readonly Rule[] = [
  {
    at: /^fal-ai\/sora-2\/image-to-video/,
    duration: ['4', '8', '12', '16', '20'],
    resolution: ['auto', '720p', '1080p', 'true_1080p'],
    ratio: ['auto', '9:16', '16:9'],
  },
  {
    at: /^fal-ai\/sora-2\//,
    duration: ['4', '8', '12', '16', '20'],
    resolution: ['720p', '1080p', 'true_1080p'],
    ratio: ['9:16', '16:9'],
  },
  {
    at: /^fal-ai\/veo3\.1\/(fast\/)?image-to-video/,
    duration: ['4s', '6s', '8s'],
    resolution: ['720p', '1080p', '4k'],
    ratio: ['auto', '16:9', '9:16'],
  },
  {
    at: /^fal-ai\/veo3\.1/,
    duration: ['4s', '6s', '8s'],
    resolution: ['720p', '1080p', '4k'],
    ratio: ['16:9', '9:16'],
  },
  { at: /^fal-ai\/kling-video\/v2\.6\//, duration: ['5', '10'], ratio: ['16:9', '9:16', '1:1'] },
  { at: /^fal-ai\/kling-video\/v3\//, duration: digits(3, 15), ratio: ['16:9', '9:16', '1:1'] },
  {
    at: /^fal-ai\/bytedance\/seedance\/v1\.5\/pro\//,
    duration: digits(4, 12),
    resolution: ['480p', '720p', '1080p'],
    ratio: SEEDANCE_RATIOS,
  },
  {
    at: /^bytedance\/seedance-2\.0\//,
    duration: ['auto', ...digits(4, 15)],
    resolution: ['480p', '720p', '1080p', '4k'],
    ratio: SEEDANCE_RATIOS,
  },
  {
    at: /^bytedance\/seedance-2\.5\//,
    duration: digits(4, 30),
    resolution: ['480p', '720p', '1080p'],
    ratio: SEEDANCE_RATIOS,
  },
  {
    at: /^wan\/v2\.6\//,
    duration: ['5', '10', '15'],
    resolution: ['720p', '1080p'],
    ratio: ['16:9', '9:16', '1:1', '4:3', '3:4'],
  },
  // Whole numbers by fal's own pages of these two (llms.txt); the client's types have digits.
  { at: /^fal-ai\/wan\/v2\.7\//, duration: 'number', resolution: ['720p', '1080p'] },
  {
    at: /^fal-ai\/ltx-2(\.3)?\/text-to-video/,
    duration: 'number',
    resolution: ['1080p', '1440p', '2160p'],
  },
  { at: /^fal-ai\/minimax\/hailuo-2\.3\/standard\//, duration: ['6', '10'] },
  {
    at: /^fal-ai\/luma-dream-machine\/ray-2/,
    duration: ['5s', '9s'],
    resolution: ['540p', '720p', '1080p'],
  },
  {
    at: /^fal-ai\/pixverse\/v5\.6\//,
    duration: ['5', '8', '10'],
    resolution: ['360p', '540p', '720p', '1080p'],
  },
  { at: /^xai\/grok-imagine-video\//, duration: 'number', resolution: ['480p', '720p'] },
]

export interface Detail {
  readonly loc: readonly string[]
  readonly msg: string
  readonly type: string
}

/** What the endpoint would answer with 422; empty when the input is in order. */
export function inputProblems(
  endpoint: string,
  input: Record<string, unknown>,
  canFetch: (url: string) => boolean,
): readonly Detail[] {
  const rule = RULES.find(({ at }) => at.test(endpoint))
  const images = Object.keys(input).filter((name) => /image_urls?$/.test(name))
  return [
    ...wrong('prompt', input, (value) => typeof value === 'string'),
    ...wrong('duration', input, (value) => isAllowed(rule?.duration, value)),
    ...wrong('resolution', input, (value) => isAllowed(rule?.resolution, value)),
    ...wrong('aspect_ratio', input, (value) => isAllowed(rule?.ratio, value)),
    ...images.flatMap((name) => wrong(name, input, (value) => areLinks(value, canFetch))),
  ]
}

function wrong(
  field: string,
  input: Record<string, unknown>,
  isGood: (value: unknown) => boolean,
): readonly Detail[] {
  if (!(field in input) || isGood(input[field])) return []
  const type = /image/.test(field) ? 'file_download_error' : 'literal_error'
  return [{ loc: ['body', field], msg: 'Input is not one of the allowed values', type }]
}

function isAllowed(allowed: readonly string[] | 'number' | undefined, value: unknown): boolean {
  if (allowed === undefined) return true
  if (allowed === 'number') return typeof value === 'number'
  return typeof value === 'string' && allowed.includes(value)
}

function areLinks(value: unknown, canFetch: (url: string) => boolean): boolean {
  const urls: readonly unknown[] = Array.isArray(value) ? value : [value]
  return urls.every((url) => typeof url === 'string' && canFetch(url))
}
