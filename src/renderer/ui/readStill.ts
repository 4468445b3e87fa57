/**
 * A picture of our own scheme, decoded about as high as asked for; close it after use. Null: there is
 * no such picture, or it is wanted no more.
 */
export async function readStill(
  src: string,
  height: number,
  signal: AbortSignal,
): Promise<VideoFrame | null> {
  try {
    const answer = await fetch(src, { signal })
    if (!answer.ok) return null
    const type = answer.headers.get('Content-Type') ?? 'image/jpeg'
    const data = await answer.arrayBuffer()
    // JPEG is decoded at an eighth, a quarter or half of its size; Chromium refuses to go below an eighth.
    const size = { desiredWidth: height, desiredHeight: height }
    return await decode({ data, type, ...size }).catch(() => decode({ data, type }))
  } catch {
    return null
  }
}

async function decode(init: ImageDecoderInit): Promise<VideoFrame> {
  const decoder = new ImageDecoder(init)
  const { image } = await decoder.decode().finally(() => decoder.close())
  return image
}
