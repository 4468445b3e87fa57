const CHUNK_BYTES = 256 * 1024

/** What is needed of a `FileHandle`. */
interface OpenFile {
  read<T extends Uint8Array>(
    into: T,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number; readonly buffer: T }>
  close(): Promise<void>
}

/** Bytes of an open file from `start` to `end`, both included, read as they are asked for. Closes the file. */
export function fileBody(
  file: OpenFile,
  { start, end }: { readonly start: number; readonly end: number },
): ReadableStream<Uint8Array> {
  let position = start
  return new ReadableStream({
    async pull(controller) {
      const wanted = Math.min(CHUNK_BYTES, end - position + 1)
      try {
        const { bytesRead, buffer } = await file.read(new Uint8Array(wanted), 0, wanted, position)
        position += bytesRead
        if (bytesRead > 0) controller.enqueue(buffer.subarray(0, bytesRead))
        // A file that became shorter meanwhile ends here; the player sees a short answer, not a hang.
        if (bytesRead > 0 && position <= end) return
        await file.close()
        controller.close()
      } catch (error) {
        await file.close().catch(() => undefined)
        throw error
      }
    },
    cancel: () => file.close(),
  })
}
