/** What Chromium is told where there is no graphics processor. No Electron here: the bench tells it an empty window, too. */
export const SOFTWARE_DRAWING = ['disable-gpu', 'disable-software-rasterizer'] as const
