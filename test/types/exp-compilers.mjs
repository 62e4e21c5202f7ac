/**
 * What two compilers say about the mistakes in the type tests.
 *
 * A mistake stands below a comment `@ts-expect-error` followed by the last line that the compiler prints for it. Here the comment is
 * disarmed, the file is compiled and the diagnostics of the line below are collected.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
const root = fileURLToPath(new URL('../..', import.meta.url));
const require = createRequire(import.meta.url);
const fromTsd = createRequire(require.resolve('tsd'));
/** The entry points of the two compilers: TypeScript 7, and the 5.9 that tsd bundles. */
export const compilers = {
    'TypeScript 7': join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'),
    'TypeScript 5.9': join(dirname(fromTsd.resolve('@tsd/typescript')), 'tsc.js'),
};
const marker = '// @ts-expect-error';
const testFiles = readdirSync(join(root, 'types-tests'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test-d.ts'))
    .sort();
export const mistakes = testFiles.flatMap(file => {
    const lines = readFileSync(join(root, 'types-tests', file), 'utf8').split('\n');
    return lines.flatMap((text, i) => text.trimStart().startsWith(marker)
        ? [{ file, line: i + 2, code: lines[i + 1]?.trim() ?? '', expected: text.trim().slice(marker.length).trim() }]
        : []);
});
/** Diagnostics as the compiler prints them without colours: a first line with the place, then indented lines of the same message. */
export const parse = (printed) => {
    const said = new Map();
    let place = [];
    for (const line of printed.split('\n')) {
        const [, file, row, message] = /^(?:.*types-tests\/)?(.+?)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line) ?? [];
        if (file !== undefined && message !== undefined) {
            place = said.get(`${file}:${row}`) ?? [];
            said.set(`${file}:${row}`, [...place, message]);
            place = said.get(`${file}:${row}`) ?? [];
        }
        else if (line.startsWith(' '))
            place[place.length - 1] = line.trim();
    }
    return said;
};
const run = (compiler, options, cwd) => new Promise(resolve => {
    // The exit code says that there are errors: there are, on purpose.
    execFile(process.execPath, [compilers[compiler], ...options], { cwd, maxBuffer: 2 ** 26 }, (_, printed) => resolve(printed));
});
/** A folder with the declarations that a user's compiler reads, and beside them whatever files are written to it. */
const withDeclarations = async (write, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'type-tests-'));
    try {
        symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
        writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
        write(folder);
        // Declarations in place of sources: what a user's compiler reads, and less to check.
        await run('TypeScript 7', ['-p', join(root, 'tsconfig.build.json'), '--emitDeclarationOnly', '--outDir', join(folder, 'src')], folder);
        return await use(folder);
    }
    finally {
        rmSync(folder, { recursive: true });
    }
};
const compilerOptions = {
    types: [],
    paths: { pullback: ['./src/index.d.ts'] },
    pretty: false,
    noUnusedLocals: false,
    skipLibCheck: true,
};
/** A copy of the type tests in which nothing is expected to be wrong, beside a tsconfig of its own. */
export const withDisarmedTests = (use) => withDeclarations(folder => {
    cpSync(join(root, 'types-tests'), join(folder, 'types-tests'), { recursive: true });
    for (const file of testFiles) {
        const path = join(folder, 'types-tests', file);
        writeFileSync(path, readFileSync(path, 'utf8').replaceAll(marker, '// expected'));
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['types-tests/**/*.test-d.ts'] }));
}, use);
/** What a compiler says about a project, whose missing properties may be `undefined` or not. */
export const compile = async (compiler, project, exactOptionalPropertyTypes) => parse(await run(compiler, ['-p', project, '--exactOptionalPropertyTypes', String(exactOptionalPropertyTypes)], project));
/** A user's settings: the strict ones, with and without those under which a missing property is not an undefined one. */
const settings = (exact) => ({
    compilerOptions: {
        ...compilerOptions,
        target: 'es2022',
        lib: ['es2023'],
        module: 'nodenext',
        moduleResolution: 'nodenext',
        noEmit: true,
        strict: true,
        exactOptionalPropertyTypes: exact,
        noUncheckedIndexedAccess: exact,
    },
    include: ['program-*.ts'],
});
/** All that each compiler prints of each program, with and without `exactOptionalPropertyTypes`, under the name of the combination. */
export const printedOf = (programs) => withDeclarations(folder => {
    programs.forEach((program, i) => {
        writeFileSync(join(folder, `program-${i}.ts`), program);
    });
    for (const exact of [true, false])
        writeFileSync(join(folder, `tsconfig.${exact}.json`), JSON.stringify(settings(exact)));
}, async (folder) => {
    const names = ['TypeScript 7', 'TypeScript 5.9'];
    const found = names.flatMap(name => [true, false].map(exact => ({ name, exact })));
    const printed = await Promise.all(found.map(({ name, exact }) => run(name, ['-p', join(folder, `tsconfig.${exact}.json`)], folder)));
    return new Map(found.map(({ name, exact }, i) => {
        const parts = (printed[i] ?? '').split(/^(?=program-\d+\.ts\()/m);
        const of = (k) => parts.filter(part => part.startsWith(`program-${k}.ts(`)).join('');
        return [`${name}${exact ? ', exact optional properties' : ''}`, programs.map((_, k) => of(k).trimEnd())];
    }));
});
