import { create } from 'zustand'

import type { FramesComing } from '../../shared/domain/referenceFrame.ts'
import { listen } from '../ipc/client.ts'
import { act } from './notify.ts'

/** How far the pictures are that are being brought in; a single one is too quick to tell. */
export const useFramesComing = create<{ readonly coming: FramesComing | null }>()(() => ({
  coming: null,
}))

/** Follows them while the app is open. Returns its unsubscribe. */
export const followFramesComing = (): (() => void) =>
  listen('frames.coming', ({ data }) =>
    useFramesComing.setState({ coming: data !== null && data.total > 1 ? data : null }),
  )

/** What is in stays. */
export const stopFramesComing = (): Promise<unknown> =>
  act('The frames still come in.', 'frames.stopComing')
