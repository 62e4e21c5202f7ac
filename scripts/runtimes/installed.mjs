/**
 * The runtimes, each as a function that runs some files of tests and gives a report for each; or why there is none, and how to install it.
 *
 * Node, Bun and Deno come from npm, whose packages of these names carry their binaries, into a folder of node_modules/.cache: they are some
 * 900 MB, which those who never run this need not have, and so no devDependencies. Browsers are those of the machine.
 */
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findBrowser } from './browsers.mjs'

const cache = fileURLToPath(new URL('../../node_modules/.cache/runtimes', import.meta.url))
const execute = promisify(execFile)

/** Longer than any file takes on a busy machine. */
const patienceMs = 900_000

const noReport = why => ({ passed: 0, skipped: 0, failed: [['the whole file', why]], digests: [] })

/** A runtime of the command line: its own process for every file, as many at once as have a core for each of their threads. */
const commandLine =
  (command, before = []) =>
  async (folder, paths, threads, tell) => {
    const options = { cwd: folder, timeout: patienceMs, killSignal: 'SIGKILL', maxBuffer: 2 ** 28 }
    const waiting = [...paths]
    const work = async () => {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        try {
          const { stdout } = await execute(command, [...before, 'main.js', path, String(threads)], options)
          tell(path, JSON.parse(stdout.trim().split('\n').at(-1)))
        } catch (error) {
          tell(path, noReport(error.message))
        }
      }
    }
    await Promise.all(Array.from({ length: Math.max(1, Math.floor(availableParallelism() / threads)) }, work))
  }

const fromNpm = async (name, binary, before = []) => {
  const folder = join(cache, name.replace('@', '-'))
  const command = join(folder, 'node_modules', binary)
  try {
    if (!existsSync(command))
      await execute('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', name], { timeout: patienceMs })
    const { stdout } = await execute(command, ['--version'])
    return { version: /\d[\d.]*/.exec(stdout)?.[0], run: commandLine(command, before) }
  } catch (error) {
    const [why] = error.message.split('\n')
    return { missing: `npm could not install ${name} (${why}); try: npm install --prefix ${folder} --no-save ${name}` }
  }
}

const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
const page = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/main.js"></script>'

/** Answers a page that asks for its job and sends its report; everything else is a module of the folder. */
const answer = (folder, job, report) => (request, response) => {
  const send = (type, body) => response.writeHead(200, { ...isolation, 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body)
  const { pathname } = new URL(request.url, 'http://page')
  if (pathname === '/') send('text/html', page)
  else if (pathname === '/job') send('application/json', JSON.stringify(job() ?? null))
  else if (pathname === '/report') {
    const chunks = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      report(JSON.parse(Buffer.concat(chunks).toString()))
      send('text/plain', '')
    })
  } else if (existsSync(join(folder, pathname))) send('text/javascript', readFileSync(join(folder, pathname)))
  else response.writeHead(404).end()
}

/** A browser without a window, in a profile of its own; it is started once more after a page that sent nothing. */
const inPages = (command, flags) => async (folder, paths, threads, tell) => {
  const waiting = [...paths]
  while (waiting.length > 0) {
    const profile = mkdtempSync(join(tmpdir(), 'browser-'))
    // No first-run pages, no updates, no questions.
    writeFileSync(join(profile, 'user.js'), 'user_pref("browser.aboutwelcome.enabled", false);\nuser_pref("app.update.enabled", false);\n')
    let wake = () => undefined
    const server = createServer(
      answer(
        folder,
        () => waiting.slice(0, 1).map(path => ({ path, threads }))[0],
        report => {
          tell(waiting.shift(), report)
          wake(true)
        },
      ),
    )
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
    const browser = spawn(command, [...flags(profile), `http://127.0.0.1:${server.address().port}/`], { stdio: 'ignore', detached: true })
    const ended = new Promise(resolve => browser.once('exit', () => resolve('the browser ended')))
    for (let heard = true; heard === true && waiting.length > 0; ) {
      let timer
      const silence = new Promise(resolve => {
        timer = setTimeout(() => resolve('the page sent no report'), patienceMs)
      })
      heard = await Promise.race([new Promise(resolve => (wake = resolve)), ended, silence])
      clearTimeout(timer)
      if (heard !== true) {
        tell(waiting.shift(), noReport(heard))
      }
    }
    if (browser.exitCode === null && browser.signalCode === null) process.kill(-browser.pid, 'SIGKILL')
    await ended
    server.closeAllConnections()
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

const browser = async (name, install, flags) => {
  const { path, missing } = findBrowser(name)
  if (path === undefined) return { missing: `${missing}; on Debian: ${install}` }
  const { stdout } = await execute(path, ['--version'])
  return { version: /\d[\d.]*/.exec(stdout)?.[0], run: inPages(path, flags) }
}

const node = version => () => fromNpm(`node@${version}`, 'node/bin/node')

/** By name, in the order in which they run: what is asked of one finds or installs it. */
export const runtimes = {
  node20: node('20'),
  node22: node('22'),
  node24: node('24'),
  node: node('latest'),
  bun: () => fromNpm('bun@latest', '.bin/bun'),
  deno: () => fromNpm('deno@latest', '.bin/deno', ['run', '--allow-all', '--quiet']),
  chromium: () =>
    browser('chromium', 'apt-get install -y chromium', profile => [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      `--user-data-dir=${profile}`,
    ]),
  firefox: () => browser('firefox', 'apt-get install -y firefox-esr', profile => ['--headless', '--no-remote', '--profile', profile]),
  own: () => ({ version: process.versions.node, run: commandLine(process.execPath) }),
}
