import { resolve } from 'node:path'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

import manifest from './package.json' with { type: 'json' }

// Electron 33 (Node 20.18, Chromium 130) is the oldest runtime that the app must run on.
const nodeTarget = 'node20.18'
const chromeTarget = 'chrome130'

/** Licences of what is inside the files beside it. */
const LICENCES = 'licences.md'

// libsql brings a binary of its own.
const bundled = Object.keys(manifest.dependencies).filter((name) => name !== 'libsql')

export default defineConfig({
  main: {
    build: {
      target: nodeTarget,
      license: { fileName: LICENCES },
      // One file loads faster than hundreds.
      externalizeDeps: { exclude: bundled },
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          sheetWorker: resolve('src/main/library/batchFile/sheetWorker.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Names stay, so that a stack can be read.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      // A sandboxed preload cannot require anything from node_modules and must be CommonJS.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: chromeTarget,
      license: { fileName: LICENCES },
      minify: true,
      rolldownOptions: { input: { index: resolve('src/renderer/index.html') } },
    },
  },
})
