import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fpsFraction,
  rehearsalArgs,
  type GraphPlan,
} from '../../../../src/main/media/rehearsal/graph.ts'
import { frameCount, overlayFor } from '../../../../src/main/media/rehearsal/overlay.ts'
import { diceFor } from '../../../../src/main/media/rehearsal/scene.ts'
import type { RenderRecipe } from '../../../../src/main/providers/rehearsal/index.ts'

const recipe: RenderRecipe = {
  version: 1,
  prompt: 'A fox',
  width: 1280,
  height: 720,
  fps: 24,
  durationSeconds: 4,
  hasAudio: true,
  seed: 1,
  firstFrame: null,
  lastFrame: null,
  label: { row: 3, take: 2, modelName: 'Kling v3', providerName: 'fal' },
}
const plan: GraphPlan = {
  recipe,
  first: null,
  last: null,
  overlayName: 'a.ass',
  fontsDir: '/fonts',
  outputPath: '/out/a.mp4',
}
const argsFor = (changes: Partial<RenderRecipe>): readonly string[] =>
  rehearsalArgs({ ...plan, recipe: { ...recipe, ...changes } })

describe('a rehearsal', () => {
  it('keeps the prompt out of the arguments', () => {
    expect(argsFor({ prompt: "'; rm -rf / [v]" })).toEqual(argsFor({ prompt: 'A fox' }))
  })

  it('looks and sounds different for each seed, and the same for the same', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (a, b) => {
        expect(argsFor({ seed: a })).toEqual(argsFor({ seed: a }))
        fc.pre(a !== b)
        expect(argsFor({ seed: a })).not.toEqual(argsFor({ seed: b }))
      }),
    )
  })

  it('rolls dice that stay in their bounds', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (seed) => {
        const dice = diceFor(seed)
        for (let roll = 0; roll < 20; roll += 1) {
          const value = dice.between(2, 3)
          expect(value >= 2 && value < 3).toBe(true)
        }
      }),
    )
  })

  it.each([
    [24, '24'],
    [23.976, '24000/1001'],
    [29.97, '30000/1001'],
    [59.94, '60000/1001'],
    [12.5, '12500/1000'],
  ])('runs at %d frames a second as %s', (fps, fraction) => {
    expect(fpsFraction(fps)).toBe(fraction)
  })

  it('shows row, take, model, provider and a timecode for each frame', () => {
    const text = overlayFor(recipe)
    expect(text).toContain('Row 3 · Take 2 · Kling v3 · fal')
    const shown = text.split('\n').filter((line) => line.startsWith('Dialogue: 1,'))
    // The last sign of the timecode changes with every frame.
    expect(shown.length).toBeGreaterThan(frameCount(recipe))
  })

  it('names a provider once that is called like the model', () => {
    const label = { row: 1, take: 1, modelName: 'Rehearsal', providerName: 'Rehearsal' }
    expect(overlayFor({ ...recipe, label })).toContain('Row 1 · Take 1 · Rehearsal\n')
  })
})
