import { delivered, quickRow, runRows } from './drafting.ts'
import { expect, test } from './fixtures.ts'

test('a take is served in ranges, plays and seeks; nothing else is served', async ({ app }) => {
  await runRows(app, [quickRow(1, { duration: '2' })])
  const [take] = await delivered(app, 1)
  const url = `media://take/${take?.id ?? ''}/video`
  const size = take?.bytes ?? 0
  const fetched = (address: string, range?: string) =>
    app.page.evaluate(
      async ([target, wanted]) => {
        const headers: Record<string, string> = wanted === undefined ? {} : { Range: wanted }
        const response = await fetch(target, { headers })
        const { byteLength } = await response.arrayBuffer()
        return [response.status, response.headers.get('Content-Range'), byteLength]
      },
      [address, range] as const,
    )
  expect(await fetched(url)).toEqual([200, null, size])
  expect(await fetched(url, 'bytes=10-19')).toEqual([206, `bytes 10-19/${size}`, 10])
  expect(await fetched(url, 'bytes=-7')).toEqual([206, `bytes ${size - 7}-${size - 1}/${size}`, 7])
  expect((await fetched(url, `bytes=${size}-`)).slice(0, 2)).toEqual([416, `bytes */${size}`])
  expect((await fetched('media://take/take_00000000/video'))[0]).toBe(404)
  expect((await fetched('media://take/..%2f..%2fetc%2fpasswd/video'))[0]).toBe(404)
  expect((await fetched('app://dailies/..%2f..%2fpackage.json'))[0]).toBe(404)

  const seen = await app.page.evaluate(async (source) => {
    const video = document.createElement('video')
    video.muted = true
    video.src = source
    await video.play()
    await new Promise((done) => video.addEventListener('timeupdate', done, { once: true }))
    video.pause()
    video.currentTime = 1.5
    await new Promise((done) => video.addEventListener('seeked', done, { once: true }))
    return { time: video.currentTime, length: video.duration, width: video.videoWidth }
  }, url)
  expect(seen.time).toBeCloseTo(1.5, 1)
  expect(seen.length).toBeCloseTo(2, 1)
  expect(seen.width).toBe(320)
})

test('a frame out of a take becomes a picture of the library, with a small copy', async ({
  app,
}) => {
  await runRows(app, [quickRow(1)])
  const [take] = await delivered(app, 1)
  const takeId = take?.id ?? 'take_none'
  const last = await app.ask('frames.addFromTake', { takeId, at: 'last' })
  expect(last.refused).toEqual([])
  expect(last.frames[0]).toMatchObject({ width: 320, height: 180, fromTakeId: takeId })
  const sizes = await app.page.evaluate(async (id) => {
    const shown = ['thumb', 'full'].map(async (part) => {
      const image = new Image()
      image.src = `media://frame/${id}/${part}`
      await image.decode()
      return [image.naturalWidth, image.naturalHeight]
    })
    return Promise.all(shown)
  }, last.frames[0]?.id)
  expect(sizes).toEqual([
    [320, 180],
    [320, 180],
  ])
})

test('a pasted picture is taken in, and what is no picture is refused with words', async ({
  app,
}) => {
  const drawn = await app.page.evaluate(async () => {
    const canvas = new OffscreenCanvas(48, 32)
    canvas.getContext('2d')?.fillRect(0, 0, 24, 32)
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())
    const json = await window.dailies.request('frames.addPasted', { name: 'Pasted.png', bytes })
    return JSON.parse(json) as unknown
  })
  const frame = { name: 'Pasted.png', width: 48, height: 32, contentType: 'image/png' }
  expect(drawn).toMatchObject({ ok: true, data: { frames: [frame], refused: [] } })
  const broken = await app.page.evaluate(async () => {
    const bytes = Uint8Array.from([1, 2, 3])
    const json = await window.dailies.request('frames.addPasted', { name: 'Broken.png', bytes })
    return JSON.parse(json) as unknown
  })
  const refused = [{ name: 'Broken.png' }]
  expect(broken).toMatchObject({ ok: true, data: { frames: [], refused } })
})
