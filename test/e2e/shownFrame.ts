import type { Locator } from '@playwright/test'
import { NUMBER_BARS } from './numberedVideo.ts'

/** The number of the frame that a video shows, read from its pixels on the screen. */
export async function shownFrame(video: Locator): Promise<number> {
  const png = (await video.screenshot()).toString('base64')
  return video.evaluate(
    async (element: HTMLVideoElement, { data, bars }) => {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.codePointAt(0) ?? 0)
      const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.drawImage(picture, 0, 0)
      // The picture stands in the middle of its box, as large as it fits.
      const scale = Math.min(
        picture.width / element.videoWidth,
        picture.height / element.videoHeight,
      )
      const width = element.videoWidth * scale
      const left = (picture.width - width) / 2
      let number = 0
      for (let bar = 0; bar < bars; bar += 1) {
        const x = Math.round(left + ((bar + 0.5) * width) / bars)
        const [red = 0] = context.getImageData(x, Math.round(picture.height / 2), 1, 1).data
        if (red > 127) number += 2 ** bar
      }
      return number
    },
    { data: png, bars: NUMBER_BARS },
  )
}
