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
    // JPEG is decoded at an eighth, a quarter or half of its size, whatever is enough.
    const size = { desiredWidth: height, desiredHeight: height }
    const decoder = new ImageDecoder({ data, transfer: [data], type, ...size })
    const { image } = await decoder.decode().finally(() => decoder.close())
    return image
  } catch {
    return null
  }
}
