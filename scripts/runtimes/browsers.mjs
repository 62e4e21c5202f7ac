/** Where browsers are: the one that the environment names, else in the usual places. Nothing is downloaded. */
import { existsSync } from 'node:fs'

const browsers = {
  chromium: {
    variable: 'CHROMIUM_PATH',
    usual: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      'C:/Program Files/Google/Chrome/Application/chrome.exe',
    ],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    usual: [
      '/usr/bin/firefox',
      '/usr/bin/firefox-esr',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:/Program Files/Mozilla Firefox/firefox.exe',
    ],
  },
}

/** The path of a browser, or what to do where there is none. */
export const findBrowser = name => {
  const { variable, usual } = browsers[name]
  const named = process.env[variable]
  const path = (named ? [named] : usual).find(existsSync)
  return { path, missing: `no ${name} at ${named || `any of ${usual.join(', ')}`}; ${variable} may name another` }
}
