import type { Json } from '../../../shared/domain/json.ts'
import type { OutputSource } from '../spec.ts'
import { isObject } from './frames.ts'

/**
 * Every video in an answer whose shape differs from model to model: file objects (`url` with a video
 * type or name) and bare links to video files, in order and once each. Stills and sounds are left out.
 */
export function videoLinks(value: Json): readonly OutputSource[] {
  const found = new Map<string, OutputSource>()
  collect(value, { name: '', found })
  return [...found.values()]
}

interface Walk {
  readonly name: string
  readonly found: Map<string, OutputSource>
}

function collect(value: Json, { name, found }: Walk): void {
  if (typeof value === 'string') {
    if (isVideoUrl(value)) add(found, value, undefined)
  } else if (Array.isArray(value)) {
    for (const entry of value as readonly Json[]) collect(entry, { name, found })
  } else if (isObject(value)) {
    const { url, content_type: type, file_size: size } = value
    if (typeof url === 'string' && isVideoFile({ name, url, type })) add(found, url, size)
    else for (const [inner, entry] of Object.entries(value)) collect(entry, { name: inner, found })
  }
}

function add(found: Walk['found'], url: string, size: Json | undefined): void {
  if (found.has(url)) return
  const bytes =
    typeof size === 'number' && Number.isInteger(size) && size > 0 ? { bytes: size } : {}
  found.set(url, { kind: 'url', url, withKey: false, ...bytes })
}

/** The type decides where it is told; else the file's name; else the field's. */
function isVideoFile({
  name,
  url,
  type,
}: {
  name: string
  url: string
  type: Json | undefined
}): boolean {
  if (typeof type === 'string' && !type.includes('octet-stream')) return type.startsWith('video/')
  return isVideoUrl(url) || /^videos?$/.test(name)
}

const isVideoUrl = (text: string): boolean =>
  /^https?:\/\/[^\s?#]+\.(mp4|webm|mov|m4v)([?#]|$)/i.test(text)
