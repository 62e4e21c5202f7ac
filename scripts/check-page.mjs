/**
 * The packed package in pages of Chromium, bundled by Vite: the bits of a training run are those of Node, on 1, 2 and 7 threads where the page
 * is cross-origin isolated, in the page and in a worker of it; on one where it is not, or where its policy forbids workers. Where it
 * forbids WebAssembly, that is said. A page that has an exported program and not the library has the bits of Node too.
 *
 * node scripts/check-page.mjs   with the path of Chromium in CHROMIUM_PATH
 */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import { build, preview } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
/** The strictest policy under which there are threads. */
const enough = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:"
const policy = text => ({ ...isolation, 'Content-Security-Policy': text })

/** A folder with the page and, in its node_modules, what npm would publish. */
const install = folder => {
  const site = join(folder, 'site')
  const modules = join(site, 'node_modules')
  cpSync(join(root, 'test/page'), site, { recursive: true })
  mkdirSync(modules)
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, encoding: 'utf8' })
  execFileSync('tar', ['-xzf', join(folder, packed.trim().split('\n').at(-1)), '-C', modules])
  execFileSync('mv', [join(modules, 'package'), join(modules, 'pullback')])
  const { dependencies } = JSON.parse(readFileSync(join(modules, 'pullback/package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) symlinkSync(join(root, 'node_modules', name), join(modules, name))
  return site
}

/** What a page reports when it is served with some headers. */
const reportOf = async (browser, site, headers, name = '') => {
  const server = await preview({ root: site, logLevel: 'error', preview: { host: '127.0.0.1', headers } })
  const page = await browser.newPage()
  try {
    await page.goto(new URL(name, server.resolvedUrls.local[0]).href)
    const report = await page.waitForFunction(() => globalThis.report, undefined, { timeout: 120_000 })
    return await report.jsonValue()
  } finally {
    await page.close()
    await server.close()
  }
}

const check = async (browser, site) => {
  const warnings = []
  await build({
    root: site,
    logLevel: 'silent',
    worker: { format: 'es' },
    build: { target: 'es2022', rolldownOptions: { onwarn: warning => warnings.push(warning.message) } },
  })
  assert.deepEqual(warnings, [])
  const { trained } = await import(pathToFileURL(join(site, 'training.js')).href)
  const bits = await trained(1, () => undefined)
  const alone = [1, 2, 7].map(threads => ({ threads, bits, jobs: 0 }))

  for (const [where, name] of [
    ['in a page', ''],
    ['in a worker of a page', '#worker'],
  ]) {
    const { isolated, runs, error } = await reportOf(browser, site, policy(enough), name)
    assert.deepEqual([error, isolated], [undefined, true])
    assert.deepEqual(
      runs.map(run => [run.threads, run.bits, run.workers, run.jobs > 200]),
      [1, 2, 7].map(threads => [threads, bits, threads - 1, threads > 1]),
    )
    const jobs = runs.map(run => `${run.jobs} on ${run.threads}`)
    console.log(`${where}, isolated: the bits of Node ${process.version} on 1, 2 and 7 threads; jobs of workers: ${jobs.join(', ')}`)
  }

  const open = await reportOf(browser, site, {})
  assert.deepEqual(open, { isolated: false, runs: alone.map(run => ({ ...run, workers: 0 })) })
  console.log('not isolated: no workers, the same bits')

  const withoutWorkers = await reportOf(browser, site, policy(enough.replace('blob:', '')))
  assert.deepEqual({ ...withoutWorkers, runs: withoutWorkers.runs.map(({ workers, ...run }) => run) }, { isolated: true, runs: alone })
  console.log('workers forbidden: one thread, the same bits')

  const withoutWasm = await reportOf(browser, site, policy("script-src 'self'"))
  assert.match(
    withoutWasm.error,
    /^wasm engine: this runtime does not compile WebAssembly .*'wasm-unsafe-eval' in script-src, .*withEngine\(reference\)/s,
  )
  console.log(`WebAssembly forbidden: ${withoutWasm.error}`)

  const program = await import(pathToFileURL(join(site, 'exported.js')).href).then(({ exported }) => exported())
  for (const name of ['alone.html', 'alone.js']) cpSync(join(site, name), join(site, 'dist', name))
  writeFileSync(join(site, 'dist/program.js'), program.files.js)
  writeFileSync(join(site, 'dist/program.wasm'), program.files.wasm)
  const alonePolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
  assert.deepEqual(await reportOf(browser, site, { 'Content-Security-Policy': alonePolicy }, 'alone.html'), program.bits)
  console.log(`without the library: an exported program of ${program.files.wasm.length} bytes has the bits of Node`)
}

const folder = mkdtempSync(join(tmpdir(), 'page-'))
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
try {
  await check(browser, install(folder))
} finally {
  await browser.close()
  rmSync(folder, { recursive: true })
}
