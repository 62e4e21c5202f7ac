/** The engine's tests in Chromium: `npm run test:browser`. A page that is cross-origin isolated, so that there are threads. */
import { playwright } from '@vitest/browser-playwright'
import { defineConfig, mergeConfig } from 'vitest/config'
import shared from './vitest.config.js'

/** What stays in Node, and why. All else of test/engine runs in both. */
const onlyInNode = [
  // Asks Node how much memory the process holds.
  'test/engine/memory.test.ts',
  // Starts processes.
  'test/engine/processes.test.ts',
]

const { CHROMIUM_PATH: executablePath } = process.env

export default mergeConfig(
  shared,
  defineConfig({
    server: { headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' } },
    test: {
      exclude: onlyInNode,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: {
            ...(executablePath === undefined ? {} : { executablePath }),
            args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
          },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  }),
)
