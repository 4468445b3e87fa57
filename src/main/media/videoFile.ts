import type { Input, InputVideoTrack } from 'mediabunny'

/** A video opened by its index; `close` it. */
export interface VideoFile {
  readonly input: Input
  /** The packets of a track in the order of decoding: facts about each, no content. */
  packets(track: InputVideoTrack): AsyncIterable<PacketFacts>
  /** Reads its last packet's content; false where it is missing. */
  hasLastPacket(track: InputVideoTrack): Promise<boolean>
  close(): void
}

interface PacketFacts {
  /** When it is shown and for how long, in seconds. */
  readonly timestamp: number
  readonly duration: number
  readonly type: 'key' | 'delta'
}

/**
 * Opens a video of any container that is known. mediabunny is large: it is loaded with the first
 * video, so that the window does not wait for it. What it throws on a broken or missing file is not
 * specified beyond "Error", here as later.
 */
export async function openVideoFile(path: string): Promise<VideoFile> {
  const { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } = await import('mediabunny')
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  return {
    input,
    packets: (track) =>
      new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true }),
    hasLastPacket: async (track) =>
      (await new EncodedPacketSink(track).getPacket(Infinity)) !== null,
    close: () => input.dispose(),
  }
}
