import { vi } from 'vitest'

/** Stands in for the preload: answers of main are objects here, and reach the page as JSON. */
export function openPageDoor(answer: (route: string, input: never) => unknown): void {
  const request = async (route: string, input: unknown): Promise<string> =>
    JSON.stringify(await answer(route, input as never))
  vi.stubGlobal('window', { dailies: { request } })
}
