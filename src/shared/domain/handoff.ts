/** Edit lists that other programs read. The takes stay where they are; the list points at them. */
export const HANDOFF_FORMATS = ['otio', 'fcpxml', 'edl', 'csv'] as const
export type HandoffFormat = (typeof HANDOFF_FORMATS)[number]
