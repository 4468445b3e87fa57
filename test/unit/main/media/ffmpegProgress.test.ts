import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createProgressParser, lastLines } from '../../../../src/main/media/ffmpegProgress.ts'
import { failure } from '../../../../src/main/media/runFfmpeg.ts'

/** As ffmpeg 5.1 printed it. */
const SAID = `frame=1
fps=0.00
stream_0_0_q=0.0
bitrate=N/A
total_size=48
out_time_us=-9223372036854775808
out_time_ms=-9223372036854775808
out_time=-577014:32:22.77
dup_frames=0
drop_frames=0
speed=   0x
progress=continue
frame=116
fps=0.00
stream_0_0_q=28.0
bitrate=   0.1kbits/s
total_size=48
out_time_us=2763175
out_time_ms=2763175
out_time=00:00:02.763175
dup_frames=0
drop_frames=0
speed=5.38x
progress=continue
frame=480
fps=301.71
stream_0_0_q=-1.0
bitrate= 137.9kbits/s
total_size=344632
out_time_us=N/A
out_time_ms=N/A
out_time=N/A
dup_frames=0
drop_frames=0
speed=N/A
progress=end
`
const WHOLE = [
  { frame: 1, outSeconds: null, speed: 0, done: false },
  { frame: 116, outSeconds: 2.763175, speed: 5.38, done: false },
  { frame: 480, outSeconds: null, speed: null, done: true },
]

describe('progress of ffmpeg', () => {
  it('is read from the blocks that it prints', () => {
    expect(createProgressParser()(SAID)).toEqual(WHOLE)
    expect(createProgressParser()(SAID.replaceAll('\n', '\r\n'))).toEqual(WHOLE)
  })

  it('does not depend on how the text was cut on its way', () => {
    const cuts = fc.array(fc.nat(SAID.length), { maxLength: 40 })
    fc.assert(
      fc.property(cuts, (places) => {
        const parse = createProgressParser()
        const edges = [0, ...places.toSorted((a, b) => a - b), SAID.length]
        const parts = edges.slice(1).map((end, index) => SAID.slice(edges[index], end))
        expect(parts.flatMap((part) => parse(part))).toEqual(WHOLE)
      }),
    )
  })

  it('reads any text without falling over', () => {
    fc.assert(fc.property(fc.string(), (text) => createProgressParser()(`${text}\n`).length >= 0))
  })
})

describe('why ffmpeg failed', () => {
  it('is told by its last lines, without addresses and statistics', () => {
    const stderr =
      'Input #0, mov, from a.mp4:\n[mov,mp4 @ 0x55eb3df2e700] moov atom not found\r' +
      'frame=   12 fps=0.0 q=28.0\ra.mp4: Invalid data found when processing input\nConversion failed!\n'
    expect(lastLines(stderr, 2)).toBe(
      'moov atom not found | a.mp4: Invalid data found when processing input',
    )
    expect(failure(stderr, 1)).toMatchObject({ kind: 'media', code: 'FFMPEG_FAILED' })
  })

  it.each([
    ['av_interleaved_write_frame(): No space left on device', 'DISK_FULL'],
    ['Error writing trailer of file:x.mp4: Disk quota exceeded', 'DISK_FULL'],
    ['file:/a/b.mp4: Read-only file system', 'FOLDER_UNUSABLE'],
    ['[out#0 @ 0x55eb3df2e700] Error opening output a.mp4: Permission denied', 'FOLDER_UNUSABLE'],
    ['[image2 @ 0x55eb3df2e700] Could not open file : file:/a/b.jpg', 'FOLDER_UNUSABLE'],
    ['file:/a/b.mp4: Permission denied', 'FFMPEG_FAILED'],
  ])('%s is %s', (line, code) => {
    expect(failure(`${line}\n`, 1).code).toBe(code)
  })
})
