import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^pullback\/core$/, replacement: source('core.ts') },
      { find: /^pullback\/laws$/, replacement: source('laws/index.ts') },
      { find: /^pullback\/linalg$/, replacement: source('linalg/index.ts') },
      { find: /^pullback\/fft$/, replacement: source('fft/index.ts') },
      { find: /^pullback\/testing$/, replacement: source('testing/index.ts') },
      { find: /^pullback$/, replacement: source('index.ts') },
    ],
  },
  test: { include: ['test/**/*.test.ts'], setupFiles: ['test/support/before.ts'], testTimeout: 60_000, maxWorkers: '100%' },
})
